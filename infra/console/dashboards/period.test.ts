import { describe, expect, it } from "vitest";
import { countDays, lastDays, parseDefaultPeriod, parsePeriod, periodBefore, thisQuarter } from "./period.ts";

const now = new Date("2026-11-24T00:30:00Z");

describe("parsing a period", () => {
  it.each([
    ["28 days", "2026-10-28"],
    // The 24th was a Tuesday.
    ["8 weeks", "2026-10-05"],
    ["2 months", "2026-10-01"],
    ["12 months", "2025-12-01"],
    ["1 quarters", "2026-10-01"],
    ["5 quarters", "2025-10-01"],
    ["24 hours", "2026-11-23"],
    ["1 days", "2026-11-24"],
  ])("%s begins on %s and ends today", (expression, from) => {
    expect(parseDefaultPeriod(expression, "UTC", now)).toEqual({ from, to: "2026-11-24" });
  });

  it("refuses an expression that the project does not use", () => {
    expect(() => parseDefaultPeriod("before last quarter", "UTC", now)).toThrow(
      "does not support the period before last quarter",
    );
  });

  it("uses the default for an end that is not a date", () => {
    const defaults = { from: "2026-01-01", to: "2026-01-31" };
    expect(parsePeriod({ from: "2026-01-11", to: "'; DROP" }, defaults)).toEqual({
      from: "2026-01-11",
      to: "2026-01-31",
    });
  });

  it("swaps reversed ends", () => {
    const defaults = { from: "2026-01-01", to: "2026-01-31" };
    const swapped = { from: "2026-02-01", to: "2026-03-01" };
    expect(parsePeriod({ from: "2026-03-01", to: "2026-02-01" }, defaults)).toEqual(swapped);
  });

  it("of the last seven days begins six days ago", () => {
    expect(lastDays(7, "UTC", now)).toEqual({ from: "2026-11-18", to: "2026-11-24" });
  });

  it("ends on the day that the organization's time zone has", () => {
    expect(lastDays(7, "America/Los_Angeles", now)).toEqual({ from: "2026-11-17", to: "2026-11-23" });
  });
});

it.each([
  ["28 days", { from: "2026-11-03", to: "2026-11-30" }, { from: "2026-10-06", to: "2026-11-02" }, 28],
  ["a day", { from: "2026-03-01", to: "2026-03-01" }, { from: "2026-02-28", to: "2026-02-28" }, 1],
])("the period before %s has as many days", (_, period, before, days) => {
  expect(periodBefore(period)).toEqual(before);
  expect(countDays(period)).toBe(days);
});

it("a quarter begins with its first month in the time zone", () => {
  expect(thisQuarter("America/Los_Angeles", new Date("2026-10-01T05:00:00Z"))).toEqual({
    from: "2026-07-01",
    to: "2026-09-30",
  });
});
