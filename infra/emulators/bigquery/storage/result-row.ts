import {
  DuckDBBlobValue,
  DuckDBDecimalValue,
  DuckDBListType,
  DuckDBListValue,
  DuckDBStructType,
  DuckDBStructValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
} from "@duckdb/node-api";
import type { TableField } from "./column-type.ts";
import type { QueryResult } from "./warehouse-database.ts";

/** Format of a TIMESTAMP: seconds as a decimal number, microseconds as an integer, or RFC 3339. */
export type TimestampFormat = "FLOAT64" | "INT64" | "ISO8601_STRING";

/** A row of the REST API, `{ f: [{ v }, …] }`, in the order of the schema. */
export interface ResultRow {
  f: { v: unknown }[];
}

const TYPES: ReadonlyMap<DuckDBTypeId, string> = new Map([
  [DuckDBTypeId.BOOLEAN, "BOOLEAN"],
  [DuckDBTypeId.TINYINT, "INTEGER"],
  [DuckDBTypeId.SMALLINT, "INTEGER"],
  [DuckDBTypeId.INTEGER, "INTEGER"],
  [DuckDBTypeId.BIGINT, "INTEGER"],
  [DuckDBTypeId.HUGEINT, "INTEGER"],
  [DuckDBTypeId.UTINYINT, "INTEGER"],
  [DuckDBTypeId.USMALLINT, "INTEGER"],
  [DuckDBTypeId.UINTEGER, "INTEGER"],
  [DuckDBTypeId.UBIGINT, "INTEGER"],
  [DuckDBTypeId.UHUGEINT, "INTEGER"],
  // BigQuery gives an untyped NULL the type INT64.
  [DuckDBTypeId.SQLNULL, "INTEGER"],
  [DuckDBTypeId.FLOAT, "FLOAT"],
  [DuckDBTypeId.DOUBLE, "FLOAT"],
  [DuckDBTypeId.DECIMAL, "NUMERIC"],
  [DuckDBTypeId.TIMESTAMP_TZ, "TIMESTAMP"],
  [DuckDBTypeId.TIMESTAMP, "DATETIME"],
  [DuckDBTypeId.DATE, "DATE"],
  [DuckDBTypeId.TIME, "TIME"],
  [DuckDBTypeId.BLOB, "BYTES"],
  [DuckDBTypeId.INTERVAL, "INTERVAL"],
]);

/** Converts DuckDB's columns to a BigQuery schema. */
export function toResultFields({ names, types }: Pick<QueryResult, "names" | "types">): TableField[] {
  return types.map((type, index) => toResultField(names[index] ?? `f${index}_`, type));
}

function toResultField(name: string, type: DuckDBType): TableField {
  if (type instanceof DuckDBListType) return { ...toResultField(name, type.valueType), mode: "REPEATED" };
  if (type instanceof DuckDBStructType) {
    const fields = type.entryNames.map((entry, index) => {
      const entryType = type.entryTypes[index];
      if (!entryType) throw new Error(`the struct ${name} has no type for ${entry}`);
      return toResultField(entry, entryType);
    });
    return { name, type: "RECORD", mode: "NULLABLE", fields };
  }
  const single = type.alias === "JSON" ? "JSON" : (TYPES.get(type.typeId) ?? "STRING");
  return { name, type: single, mode: "NULLABLE" };
}

/** Converts a DuckDB row to a row of the REST API. */
export function toResultRow(
  values: readonly DuckDBValue[],
  fields: TableField[],
  format: TimestampFormat,
): ResultRow {
  return { f: fields.map((field, index) => ({ v: toCell(values[index] ?? null, field, format) })) };
}

function toCell(value: DuckDBValue, field: TableField, format: TimestampFormat): unknown {
  if (field.mode === "REPEATED") {
    // BigQuery returns a NULL array as an empty one.
    const items = value instanceof DuckDBListValue ? value.items : [];
    return items.map((item) => ({ v: toSingleCell(item, field, format) }));
  }
  return toSingleCell(value, field, format);
}

function toSingleCell(value: DuckDBValue, field: TableField, format: TimestampFormat): unknown {
  if (value === null) return null;
  if (value instanceof DuckDBStructValue) {
    const fields = field.fields ?? [];
    return toResultRow(
      fields.map(({ name }) => value.entries[name] ?? null),
      fields,
      format,
    );
  }
  if (value instanceof DuckDBTimestampTZValue) return formatTimestamp(value.micros, format);
  return formatScalar(value);
}

function formatScalar(value: DuckDBValue): string {
  if (value instanceof DuckDBTimestampValue) return value.toString().replace(" ", "T");
  if (value instanceof DuckDBBlobValue) return Buffer.from(value.bytes).toString("base64");
  if (value instanceof DuckDBDecimalValue)
    return value
      .toString()
      .replace(/(\.\d*?)0+$/, "$1")
      .replace(/\.$/, "");
  return String(value);
}

const MICROS_PER_SECOND = 1_000_000n;

/** @param micros microseconds since 1970 */
function formatTimestamp(micros: bigint, format: TimestampFormat): string {
  if (format === "INT64") return micros.toString();
  const seconds =
    micros >= 0n ? micros / MICROS_PER_SECOND : -((-micros + MICROS_PER_SECOND - 1n) / MICROS_PER_SECOND);
  const fraction = (micros - seconds * MICROS_PER_SECOND).toString().padStart(6, "0");
  if (format === "ISO8601_STRING") {
    return `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}.${fraction}Z`;
  }
  // Before 1970, `seconds` is rounded down, so the fraction cannot be appended to it.
  return seconds < 0n ? String(Number(micros) / 1e6) : `${seconds}.${fraction}`;
}

/** Converts a DuckDB row to plain JSON by column name: numbers as numbers, JSON parsed, timestamps as RFC 3339. */
export function toRow(values: readonly DuckDBValue[], fields: TableField[]): Record<string, unknown> {
  const { f } = toResultRow(values, fields, "ISO8601_STRING");
  return toRecord(f, fields);
}

function toRecord(cells: { v: unknown }[], fields: TableField[]): Record<string, unknown> {
  return Object.fromEntries(
    fields.map((field, index) => [field.name, toJsonValue(cells[index]?.v ?? null, field)]),
  );
}

function toJsonValue(value: unknown, field: TableField): unknown {
  if (field.mode === "REPEATED" && Array.isArray(value)) {
    return value.map((item: { v: unknown }) => toJsonValue(item.v, { ...field, mode: "NULLABLE" }));
  }
  if (isResultRow(value)) return toRecord(value.f, field.fields ?? []);
  if (typeof value !== "string") return value;
  switch (field.type) {
    case "INTEGER":
    case "FLOAT":
    case "NUMERIC":
      return Number(value);
    case "BOOLEAN":
      return value === "true";
    case "JSON":
      return JSON.parse(value) as unknown;
    default:
      return value;
  }
}

function isResultRow(value: unknown): value is ResultRow {
  return typeof value === "object" && value !== null && "f" in value;
}
