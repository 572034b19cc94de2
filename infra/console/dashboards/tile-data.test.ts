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
    series: [{ name: "N", values: [1, null, null, 2] }],
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
    series: [
      { name: "main", values: [1, 2] },
      { name: "–", values: [null, 3] },
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
    series: [{ name: "Kb", values: [2261.9, 309.9, 210.9] }],
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
    series: [{ name: "N", values: [1, 2] }],
  });
  const days = [
    { day: "2026-11-02", app: "a", n: 1 },
    { day: "2026-11-04", app: "a", n: 2 },
    { day: "2026-11-04", app: "b", n: 3 },
  ];
  const byDay = toTileData([along("day", "date"), along("app"), measure("n")], days);
  expect(byDay.categories).toEqual(["2026-11-02 · a", "2026-11-04 · a", "2026-11-04 · b"]);
  expect(byDay.series).toEqual([{ name: "N", values: [1, 2, 3] }]);
});

it("two pivots, and two measures with the same label, are series of their own", () => {
  const pivot = (name: string): ElementColumn => ({ name, isMeasure: false, isPivot: true });
  const rows = [
    { day: "2026-11-02", app: "a", kind: "x", n: 1 },
    { day: "2026-11-02", app: "a", kind: "y", n: 2 },
  ];
  expect(toTileData([along("day"), pivot("app"), pivot("kind"), measure("n")], rows).series).toEqual([
    { name: "a · x", values: [1] },
    { name: "a · y", values: [2] },
  ]);
  const same = [along("day"), measure("total_failed"), measure("overall_failed")];
  const [row] = [{ day: "2026-11-02", total_failed: 1, overall_failed: 2 }];
  expect(toTileData(same, [row]).series).toEqual([
    { name: "total_failed", values: [1] },
    { name: "overall_failed", values: [2] },
  ]);
});

it.each([
  ["total_failed_deployments", "Failed deployments"],
  ["lead_time_hours_p50", "Lead time hours p50"],
])("%s has the label %s", (name, label) => {
  expect(toLabel(name)).toBe(label);
});
