import { expect, it } from "vitest";
import type { ElementColumn } from "./build-query.ts";
import { toLabel, toTileData } from "./tile-data.ts";

const along = (name: string, timeframe?: string): ElementColumn => ({
  name,
  isMeasure: false,
  isPivot: false,
  ...(timeframe && { timeframe }),
});
const measure = (name: string): ElementColumn => ({ name, isMeasure: true, isPivot: false });

it("a chart has a gap for a day and a week without a row", () => {
  const rows = [
    { day: "2026-10-30", n: 1 },
    { day: "2026-11-02", n: 2 },
  ];
  expect(toTileData([along("day", "date"), measure("n")], rows)).toEqual({
    categories: ["2026-10-30", "2026-10-31", "2026-11-01", "2026-11-02"],
    at: [{ day: "2026-10-30" }, null, null, { day: "2026-11-02" }],
    timeframe: "date",
    series: [{ name: "N", values: [1, null, null, 2], measure: "n", at: {} }],
  });
  const weeks = toTileData(
    [along("week", "week"), measure("n")],
    [
      { week: "2026-11-02", n: 1 },
      { week: "2026-11-16", n: null },
    ],
  );
  expect(weeks.categories).toEqual(["2026-11-02", "2026-11-09", "2026-11-16"]);
  expect(weeks.series[0]?.values).toEqual([1, null, null]);
});

it("each value of a pivot becomes a series", () => {
  const pivot: ElementColumn = { name: "kind", isMeasure: false, isPivot: true };
  const rows = [
    { who: "b", kind: "main", n: 1 },
    { who: "a", kind: "main", n: 2 },
    { who: "a", kind: null, n: 3 },
  ];
  expect(toTileData([along("who"), pivot, measure("n")], rows)).toEqual({
    categories: ["b", "a"],
    at: [{ who: "b" }, { who: "a" }],
    series: [
      { name: "main", values: [1, 2], measure: "n", at: { kind: "main" } },
      { name: "–", values: [null, 3], measure: "n", at: { kind: null } },
    ],
  });
});

it("no row is dropped when its first dimension repeats", () => {
  const rows = [
    { app: "app", file: "app.js", kb: 2261.9 },
    { app: "pipeline", file: "pipeline.js", kb: 309.9 },
    { app: "app", file: "app.css", kb: 210.9 },
  ];
  expect(toTileData([along("app"), along("file"), measure("kb")], rows)).toEqual({
    categories: ["app · app.js", "pipeline · pipeline.js", "app · app.css"],
    at: rows.map(({ app, file }) => ({ app, file })),
    series: [{ name: "Kb", values: [2261.9, 309.9, 210.9], measure: "kb", at: {} }],
  });
  expect(
    toTileData(
      [along("size"), measure("n")],
      [
        { size: 1.001, n: 1 },
        { size: 1.002, n: 2 },
      ],
    ),
  ).toEqual({
    categories: ["1", "1"],
    at: [{ size: 1.001 }, { size: 1.002 }],
    series: [{ name: "N", values: [1, 2], measure: "n", at: {} }],
  });
  const days = [
    { day: "2026-11-02", app: "a", n: 1 },
    { day: "2026-11-04", app: "a", n: 2 },
    { day: "2026-11-04", app: "b", n: 3 },
  ];
  const byDay = toTileData([along("day", "date"), along("app"), measure("n")], days);
  expect(byDay.categories).toEqual(["2026-11-02 · a", "2026-11-04 · a", "2026-11-04 · b"]);
  expect(byDay.series).toMatchObject([{ name: "N", values: [1, 2, 3] }]);
});

it("two pivots, and two measures with the same label, are series of their own", () => {
  const pivot = (name: string): ElementColumn => ({ name, isMeasure: false, isPivot: true });
  const rows = [
    { day: "2026-11-02", app: "a", kind: "x", n: 1 },
    { day: "2026-11-02", app: "a", kind: "y", n: 2 },
  ];
  expect(toTileData([along("day"), pivot("app"), pivot("kind"), measure("n")], rows).series).toEqual([
    { name: "a · x", values: [1], measure: "n", at: { app: "a", kind: "x" } },
    { name: "a · y", values: [2], measure: "n", at: { app: "a", kind: "y" } },
  ]);
  const same = [along("day"), measure("total_failed"), measure("overall_failed")];
  const [row] = [{ day: "2026-11-02", total_failed: 1, overall_failed: 2 }];
  expect(toTileData(same, [row]).series).toEqual([
    { name: "total_failed", values: [1], measure: "total_failed", at: {} },
    { name: "overall_failed", values: [2], measure: "overall_failed", at: {} },
  ]);
});

it.each([
  ["total_failed_deployments", "Failed deployments"],
  ["lead_time_hours_p50", "Lead time hours p50"],
])("%s has the label %s", (name, label) => {
  expect(toLabel(name)).toBe(label);
});

it("a value says what it is computed from", () => {
  const evidence = [
    { of: "rate", numerator: "rate__numerator", denominator: "rate__denominator" },
    { of: "minutes_p50", count: "minutes_p50__count" },
  ];
  const rows = [
    {
      day: "2026-11-02",
      rate: 0.05,
      rate__numerator: 3,
      rate__denominator: 58,
      minutes_p50: 4,
      minutes_p50__count: 1200,
    },
    { day: "2026-11-03", rate__numerator: 0, rate__denominator: 4, minutes_p50: 4, minutes_p50__count: 1 },
  ];
  const { series } = toTileData(
    [along("day", "date"), measure("rate"), measure("minutes_p50"), measure("n")],
    rows,
    {
      evidence,
    },
  );
  expect(series.map(({ notes }) => notes)).toEqual([
    ["3 of 58", "0 of 4"],
    ["1,200 values", "1 value"],
    undefined,
  ]);
});
