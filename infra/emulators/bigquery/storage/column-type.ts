/** A column as BigQuery describes it: https://cloud.google.com/bigquery/docs/reference/rest/v2/tables#TableFieldSchema */
export interface TableField {
  name: string;
  type: string;
  mode?: string;
  description?: string;
  fields?: TableField[];
}

/** Stand-ins for TIMESTAMPTZ and DECIMAL(38, 9) in statements that polyglot still has to translate. */
export const TIMESTAMP_TYPE = "GSQL_TYPE_TIMESTAMP";
export const NUMERIC_TYPE = "GSQL_TYPE_NUMERIC";

const DUCKDB_TYPES: Readonly<Record<string, string>> = {
  STRING: "VARCHAR",
  INTEGER: "BIGINT",
  FLOAT: "DOUBLE",
  BOOLEAN: "BOOLEAN",
  TIMESTAMP: "TIMESTAMPTZ",
  DATETIME: "TIMESTAMP",
  DATE: "DATE",
  TIME: "TIME",
  BYTES: "BLOB",
  NUMERIC: "DECIMAL(38, 9)",
  BIGNUMERIC: "DECIMAL(38, 9)",
  JSON: "JSON",
  GEOGRAPHY: "VARCHAR",
  INTERVAL: "INTERVAL",
};

const SYNONYMS: Readonly<Record<string, string>> = {
  INT64: "INTEGER",
  INT: "INTEGER",
  FLOAT64: "FLOAT",
  BOOL: "BOOLEAN",
  STRUCT: "RECORD",
  DECIMAL: "NUMERIC",
};

/** The name of a type in BigQuery's REST API (`INT64` is `INTEGER` there); undefined when there is no such type. */
export function toApiType(type: string): string | undefined {
  const upper = type.toUpperCase();
  const name = SYNONYMS[upper] ?? upper;
  return name === "RECORD" || name in DUCKDB_TYPES ? name : undefined;
}

/** The DuckDB type that holds a column's values. */
export function toDuckDbType(field: TableField): string {
  const type = toApiType(field.type);
  const single = type === "RECORD" ? toStructType(field.fields ?? []) : DUCKDB_TYPES[type ?? ""];
  if (single === undefined) throw new TypeError(`${field.name} has an unknown type ${field.type}`);
  return field.mode === "REPEATED" ? `${single}[]` : single;
}

function toStructType(fields: TableField[]): string {
  return `STRUCT(${fields.map((field) => `${quoteName(field.name)} ${toDuckDbType(field)}`).join(", ")})`;
}

/** A name as DuckDB takes it literally. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as a DuckDB string literal. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
