import type { QueryResult } from "../query/run-query.ts";
import type { ElementColumn } from "./build-query.ts";
import { describeEvidence, type Evidence } from "./evidence.ts";
import { formatValue } from "./format-value.ts";

/** A line, or the bars of one colour. */
export interface Series {
  name: string;
  format?: string;
  /** One per category, null without a row. */
  values: (number | null)[];
  /** What each value is computed from, for a quotient or percentile. */
  notes?: (string | null)[];
  /** The measure, and the values of the pivots by field. */
  measure: string;
  at: Record<string, unknown>;
  /** Of a series of the period before: the index of the one beside which it is drawn. */
  before?: number;
}

/** The data of a chart. */
export interface TileData {
  categories: string[];
  /** The values of each category's dimensions, by field; null for a gap. */
  at: (Record<string, unknown> | null)[];
  series: Series[];
  /** The timeframe of the categories, if they are times. */
  timeframe?: string;
}

type Rows = QueryResult["rows"];

/**
 * Converts rows to a chart's data. A category is the values of all dimensions that are not pivots, joined as Looker joins them. Each measure
 * is a series, or each pair of a measure and the values of the pivots. So every row has a place of its own. Days and weeks without a
 * row become gaps.
 *
 * @param options.isWeekly whether a date column without a timeframe holds weeks
 * @param options.evidence what the measures are computed from
 */
export function toTileData(
  columns: ElementColumn[],
  rows: Rows,
  { isWeekly = false, evidence = [] }: { isWeekly?: boolean; evidence?: Evidence[] } = {},
): TileData {
  const along = columns.filter(({ isMeasure, isPivot }) => !isMeasure && !isPivot);
  const pivots = columns.filter(({ isPivot }) => isPivot);
  const measures = columns.filter(({ isMeasure }) => isMeasure);
  // Different values may have the same label, as 1.001 and 1.002.
  const readKey = (row: Rows[number]) => JSON.stringify(along.map(({ name }) => row[name] ?? null));
  const labels = new Map(rows.map((row) => [readKey(row), joinValues(along, row)]));
  const found = [...labels.values()];
  const timeframe = along.length === 1 ? (isWeekly ? "week" : along[0]?.timeframe) : undefined;
  const categories = along.length === 1 ? fillGaps(found, timeframe) : found;
  const indexes = new Map(
    [...labels].map(([key, label], index) => [key, categories === found ? index : categories.indexOf(label)]),
  );
  const series = new Map<string, Series>();
  const at: TileData["at"] = categories.map(() => null);
  for (const row of rows) {
    const index = indexes.get(readKey(row)) ?? 0;
    at[index] = valuesOf(along, row);
    for (const measure of measures) {
      const name = nameSeries(measure, pivots.length > 0 ? joinValues(pivots, row) : undefined, measures);
      const current =
        series.get(name) ?? startSeries(name, measure, valuesOf(pivots, row), categories.length);
      setValue(current, index, row[measure.name], describeEvidence(evidence, measure.name, row));
      series.set(name, current);
    }
  }
  return { categories, at, series: [...series.values()], ...(timeframe && { timeframe }) };
}

function startSeries(
  name: string,
  { name: measure, format }: ElementColumn,
  at: Record<string, unknown>,
  length: number,
): Series {
  return { name, ...(format && { format }), values: Array(length).fill(null), measure, at };
}

function setValue(series: Series, index: number, value: unknown, note: string | undefined): void {
  series.values[index] = typeof value === "number" ? value : null;
  if (note === undefined) return;
  series.notes ??= series.values.map(() => null);
  series.notes[index] = note;
}

function valuesOf(columns: ElementColumn[], row: Rows[number]): Record<string, unknown> {
  return Object.fromEntries(columns.map(({ name }) => [name, row[name] ?? null]));
}

function joinValues(columns: ElementColumn[], row: Rows[number]): string {
  return columns.map(({ name, format }) => formatValue(row[name], format)).join(" · ");
}

function nameSeries(measure: ElementColumn, pivoted: string | undefined, measures: ElementColumn[]): string {
  if (pivoted === undefined) return labelColumn(measure, measures);
  return measures.length === 1 ? pivoted : `${pivoted} · ${labelColumn(measure, measures)}`;
}

/** The label of a column, or its name where another column has the same label. */
export function labelColumn({ name }: ElementColumn, columns: ElementColumn[]): string {
  const label = toLabel(name);
  return columns.some((other) => other.name !== name && toLabel(other.name) === label) ? name : label;
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
