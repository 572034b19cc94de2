import type { ZetaSqlTable } from "./zetasql-catalog.ts";

/** Rows in the format of ZetaSQL's server: a ValueProto per cell, empty for NULL. */
export type ZetaSqlRows = { cell: Record<string, unknown>[] }[];

/** @param rows values in the format of insertAll */
export function toZetaSql({ columns }: ZetaSqlTable, rows: Record<string, unknown>[]): ZetaSqlRows {
  return rows.map((row) => ({ cell: columns.map(({ name, type }) => toCell(row[name], type.typeKind)) }));
}

function toCell(value: unknown, kind: string | number): Record<string, unknown> {
  if (value === null || value === undefined) return {};
  switch (kind) {
    case "TYPE_INT64":
      return { int64Value: Number(value) };
    case "TYPE_DOUBLE":
      return { doubleValue: Number(value) };
    case "TYPE_TIMESTAMP": {
      const milliseconds = Date.parse(String(value));
      const seconds = Math.floor(milliseconds / 1000);
      return { timestampValue: { seconds, nanos: (milliseconds - seconds * 1000) * 1_000_000 } };
    }
    case "TYPE_JSON":
      return { jsonValue: String(value) };
    case "TYPE_BOOL":
      return { boolValue: Boolean(value) };
    default:
      return { stringValue: String(value) };
  }
}

/** Converts ZetaSQL's rows to plain values for a comparison. */
export function fromZetaSql(
  { columns }: Pick<ZetaSqlTable, "columns">,
  rows: ZetaSqlRows,
): Record<string, unknown>[] {
  return rows.map(({ cell }) =>
    Object.fromEntries(columns.map(({ name }, index) => [name, plainCell(cell[index] ?? {})])),
  );
}

function plainCell(cell: Record<string, unknown>): unknown {
  const [kind, value] = Object.entries(cell).find(([key]) => key !== "value") ?? [];
  switch (kind) {
    case undefined:
      return null;
    case "int64Value":
      return Number(value);
    case "dateValue":
      return new Date(Number(value) * 86_400_000).toISOString().slice(0, 10);
    case "timestampValue": {
      const { seconds = 0, nanos = 0 } = value as { seconds?: unknown; nanos?: number };
      return new Date(Number(seconds) * 1000 + nanos / 1_000_000).toISOString();
    }
    case "jsonValue":
      return JSON.parse(String(value));
    default:
      return value;
  }
}

/** Converts BigQuery's rows to plain values for a comparison: its client returns JSON as text. */
export function fromBigQuery(
  { columns }: Pick<ZetaSqlTable, "columns">,
  rows: Record<string, unknown>[],
): Record<string, unknown>[] {
  const json = new Set(columns.filter(({ type }) => type.typeKind === "TYPE_JSON").map(({ name }) => name));
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [
        name,
        json.has(name) && typeof value === "string" ? JSON.parse(value) : value,
      ]),
    ),
  );
}

/**
 * A row as a line of text that is equal for equal values of both engines: columns sorted by name, JSON by key, and numbers rounded to
 * the 12 digits that engines agree on.
 */
export function comparable(row: Record<string, unknown>): string {
  return JSON.stringify(sorted(row), (_, value) =>
    typeof value === "number" ? Number(value.toPrecision(12)) : value,
  );
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, child]) => [key, sorted(child)]),
  );
}
