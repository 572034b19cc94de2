/** A column of a BigQuery schema, https://cloud.google.com/bigquery/docs/reference/rest/v2/tables#TableFieldSchema */
export interface TableField {
  name: string;
  type: string;
  mode?: string;
  description?: string;
  fields?: TableField[];
}

/** Placeholders of TIMESTAMPTZ and DECIMAL(38, 9) in statements that polyglot has yet to translate. */
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

/** Converts a type's name to the REST API's spelling: `INT64` to `INTEGER`. Returns undefined for an unknown type. */
export function toApiType(type: string): string | undefined {
  const upper = type.toUpperCase();
  const name = SYNONYMS[upper] ?? upper;
  return name === "RECORD" || name in DUCKDB_TYPES ? name : undefined;
}

/** @throws {TypeError} for an unknown type */
export function toDuckDbType(field: TableField): string {
  const type = toApiType(field.type);
  const single = type === "RECORD" ? toStructType(field.fields ?? []) : DUCKDB_TYPES[type ?? ""];
  if (single === undefined) throw new TypeError(`${field.name} has an unknown type ${field.type}`);
  return field.mode === "REPEATED" ? `${single}[]` : single;
}

function toStructType(fields: TableField[]): string {
  return `STRUCT(${fields.map((field) => `${quoteName(field.name)} ${toDuckDbType(field)}`).join(", ")})`;
}

/** Quotes a name as a DuckDB identifier. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Quotes a text as a DuckDB string literal. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
