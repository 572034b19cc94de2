import { expect, it } from "vitest";
import { addPeriodBefore } from "./add-period-before.ts";
import type { TileData } from "./tile-data.ts";

const chart = (categories: string[], values: (number | null)[], timeframe?: string): TileData => ({
  categories,
  at: categories.map(() => null),
  series: [{ name: "N", values, measure: "n", at: {} }],
  ...(timeframe && { timeframe }),
});
/** The values of the period before, beside those of a chart. */
const before = (data: TileData, earlier: TileData, days: number) =>
  addPeriodBefore(data, earlier, days).series[1]?.values;

it("the period before is drawn at the same days, with its name", () => {
  const now = chart(["2026-11-08", "2026-11-09", "2026-11-10"], [1, 2, 3], "date");
  const earlier = chart(["2026-11-01", "2026-11-03"], [7, 9], "date");
  expect(addPeriodBefore(now, earlier, 7).series).toEqual([
    ...now.series,
    { name: "N, 7 days before", values: [7, null, 9], measure: "n", at: {}, before: 0 },
  ]);
});

it.each<[title: string, now: TileData, earlier: TileData, days: number, values: unknown]>([
  [
    "weeks are as many whole weeks apart",
    chart(["2026-11-02", "2026-11-09"], [1, 2], "week"),
    chart(["2026-10-05", "2026-10-12"], [5, 6], "week"),
    28,
    [5, 6],
  ],
  [
    "weeks of a quarter, which has no whole number of them",
    chart(["2026-10-05"], [1], "week"),
    chart(["2026-07-06"], [5], "week"),
    92,
    [5],
  ],
  ["weeks of a single day", chart(["2026-11-09"], [1], "week"), chart(["2026-11-02"], [5], "week"), 1, [5]],
  [
    "other categories by their name",
    chart(["app.js", "new.js"], [1, 2]),
    chart(["app.js", "old.js"], [5, 6]),
    7,
    [5, null],
  ],
  [
    "a month earlier across a change of year",
    chart(["2026-01-01"], [1], "date"),
    chart(["2025-12-31"], [5], "date"),
    1,
    [5],
  ],
  ["nothing before", chart(["2026-11-08"], [1], "date"), chart([], [], "date"), 7, undefined],
  ["another series before", chart(["a"], [1]), { ...chart(["a"], [2]), series: [] }, 7, undefined],
])("%s", (_title, now, earlier, days, values) => {
  expect(before(now, earlier, days)).toEqual(values);
});
