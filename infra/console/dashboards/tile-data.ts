import type { QueryResult } from "../query/run-query.ts";
import type { ElementColumn } from "./build-query.ts";
import { formatValue } from "./format-value.ts";

/** A line, or the bars of one colour. */
export interface Series {
  name: string;
  format?: string;
  /** One per category, null without a row. */
  values: (number | null)[];
}

/** The data of a chart. */
export interface TileData {
  categories: string[];
  series: Series[];
}

type Rows = QueryResult["rows"];

/**
 * Converts rows to a chart's data. The categories are the values of the first dimension that is not a pivot. Each measure is a series,
 * or each pair of a measure and a value of the pivot. Days and weeks without a row become gaps.
 *
 * @param isWeekly whether a date column without a timeframe holds weeks
 */
export function toTileData(columns: ElementColumn[], rows: Rows, isWeekly = false): TileData {
  const along = columns.find(({ isMeasure, isPivot }) => !isMeasure && !isPivot);
  const pivot = columns.find(({ isPivot }) => isPivot);
  const measures = columns.filter(({ isMeasure }) => isMeasure);
  const readCategory = (row: Rows[number]) => formatValue(along ? row[along.name] : "");
  const categories = fillGaps([...new Set(rows.map(readCategory))], isWeekly ? "week" : along?.timeframe);
  const indexes = new Map(categories.map((category, index) => [category, index]));
  const series = new Map<string, Series>();
  for (const row of rows) {
    for (const measure of measures) {
      const name = nameSeries(measure, pivot && row[pivot.name], measures.length);
      const { format } = measure;
      const current = series.get(name) ?? {
        name,
        ...(format && { format }),
        values: categories.map(() => null),
      };
      const value = row[measure.name];
      current.values[indexes.get(readCategory(row)) ?? 0] = typeof value === "number" ? value : null;
      series.set(name, current);
    }
  }
  return { categories, series: [...series.values()] };
}

function nameSeries(measure: ElementColumn, pivoted: unknown, measures: number): string {
  if (pivoted === undefined) return toLabel(measure.name);
  return measures === 1 ? formatValue(pivoted) : `${formatValue(pivoted)} · ${toLabel(measure.name)}`;
}

/** Converts a field's name to a label. */
export function toLabel(name: string): string {
  const words = name.replaceAll("_", " ").replace(/^(total|overall) /, "");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const steps: Record<string, number> = { date: 1, week: 7 };
/** Limit of the filled gaps. */
const MAX_CATEGORIES = 1000;

function fillGaps(categories: string[], timeframe = ""): string[] {
  const step = steps[timeframe];
  const sorted = categories.toSorted();
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (!step || !first || !last) return categories;
  const all: string[] = [];
  for (let at = new Date(`${first}T00:00:00Z`); ; at = new Date(at.getTime() + step * 86_400_000)) {
    const day = at.toISOString().slice(0, 10);
    if (day > last || all.length > MAX_CATEGORIES) return all;
    all.push(day);
  }
}
