import type { Series, TileData } from "./tile-data.ts";

const DAY_MS = 86_400_000;
/** Days of a category, by its timeframe. */
const lengths: Readonly<Record<string, number>> = { date: 1, week: 7 };

/**
 * Adds to each series of a chart the one of the period before, at the same places: a day that is as many days later as the period has, a week
 * as many whole weeks later, and any other category at its own. What the period before alone has is left out.
 *
 * @param data of the period
 * @param earlier of the period before, with the same columns
 * @param days of both periods
 */
export function addPeriodBefore(data: TileData, earlier: TileData, days: number): TileData {
  const place = placeOf(data.timeframe, days);
  const indexes = new Map(earlier.categories.map((category, index) => [category, index]));
  const before = data.series.flatMap((series, index): Series[] => {
    const found = earlier.series.find(({ name }) => name === series.name);
    if (!found) return [];
    const at = (category: string) => found.values[indexes.get(place(category)) ?? -1] ?? null;
    const values = data.categories.map(at);
    if (values.every((value) => value === null)) return [];
    const { format, measure } = series;
    const name = `${series.name}, ${days} ${days === 1 ? "day" : "days"} before`;
    return [{ name, ...(format && { format }), values, measure, at: {}, before: index }];
  });
  return { ...data, series: [...data.series, ...before] };
}

/** Where a category was in the period before. */
function placeOf(timeframe: string | undefined, days: number): (category: string) => string {
  const length = timeframe === undefined ? undefined : lengths[timeframe];
  if (length === undefined) return (category) => category;
  const shift = Math.max(1, Math.round(days / length)) * length;
  return (category) =>
    new Date(Date.parse(`${category}T00:00:00Z`) - shift * DAY_MS).toISOString().slice(0, 10);
}
