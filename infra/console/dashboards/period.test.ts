import { describe, expect, it } from "vitest";
import { parseDefaultPeriod, parsePeriod } from "./period.ts";

const now = new Date("2026-11-24T00:30:00Z");

describe("a period", () => {
  it.each([
    ["28 days", "2026-10-28"],
    ["8 weeks", "2026-09-30"],
    ["24 hours", "2026-11-23"],
    ["1 days", "2026-11-24"],
  ])("of %s begins on %s and ends today", (expression, from) => {
    expect(parseDefaultPeriod(expression, now)).toEqual({ from, to: "2026-11-24" });
  });

  it("that the project does not use is refused", () => {
    expect(() => parseDefaultPeriod("before last quarter", now)).toThrow(
      "no period like before last quarter",
    );
  });

  it("is what was chosen, where that is a date", () => {
    const otherwise = { from: "2026-01-01", to: "2026-01-31" };
    expect(parsePeriod({ from: "2026-02-01", to: "'; DROP" }, otherwise)).toEqual({
      from: "2026-02-01",
      to: "2026-01-31",
    });
  });
});
