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

it.each([
  ["total_failed_deployments", "Failed deployments"],
  ["lead_time_hours_p50", "Lead time hours p50"],
])("%s has the label %s", (name, label) => {
  expect(toLabel(name)).toBe(label);
});
