import type { QueryResult } from "./run-query.ts";

/** What `data-chart` draws. */
export interface Chart {
  kind: "line" | "column" | "bar";
  stacked: boolean;
  categories: string[];
  series: { name: string; values: (number | null)[] }[];
}

/** More points than a screen has room for. */
const MAX_POINTS = 500;
const MAX_BARS = 40;

/**
 * A chart of a result: numbers by the first column that is none. Times make lines from the earliest to the latest, a few other values bars.
 *
 * @returns undefined without such columns, with fewer than two rows, or with too many
 */
export function toChart({
  columns,
  types,
  rows,
}: Pick<QueryResult, "columns" | "types" | "rows">): Chart | undefined {
  const isNumber = (name: string) =>
    ["INT64", "FLOAT64", "NUMERIC", "BIGNUMERIC"].includes(types[name] ?? "");
  const category = columns.find((name) => !isNumber(name));
  const numbers = columns.filter(isNumber);
  if (category === undefined || numbers.length === 0) return undefined;
  if (rows.length < 2 || rows.length > MAX_POINTS) return undefined;
  const isTime = ["DATE", "TIMESTAMP", "DATETIME"].includes(types[category] ?? "");
  if (!isTime && rows.length > MAX_BARS) return undefined;
  const ordered = isTime
    ? rows.toSorted((a, b) => String(a[category]).localeCompare(String(b[category])))
    : rows;
  return {
    kind: isTime ? "line" : "bar",
    stacked: false,
    categories: ordered.map((row) => String(row[category] ?? "null")),
    series: numbers.map((name) => ({
      name,
      values: ordered.map((row) => (row[name] === null ? null : Number(row[name]))),
    })),
  };
}
