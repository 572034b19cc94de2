import { CATALOG_SCHEMA, STORAGE } from "../googlesql/rewrite-table-name.ts";
import { quoteText } from "./column-type.ts";

/** DuckDB table of the catalog: one row per dataset (its `name` is '') and table, with the resource as JSON. */
export const RESOURCES_TABLE = `${STORAGE}.${CATALOG_SCHEMA}.resources`;

/** DuckDB table with the version of the emulator that translated the views. */
export const TRANSLATION_TABLE = `${STORAGE}.${CATALOG_SCHEMA}.translation`;

/**
 * Returns statements that create the views behind `dataset.INFORMATION_SCHEMA.TABLES | COLUMNS | VIEWS`.
 * @see https://cloud.google.com/bigquery/docs/information-schema-tables
 */
export function defineInformationSchema(projectId: string): string[] {
  const nameColumns = `${quoteText(projectId)} AS table_catalog, dataset AS table_schema, name AS table_name`;
  const define = (view: string, columns: string, rest: string): string =>
    `CREATE OR REPLACE VIEW ${STORAGE}.${CATALOG_SCHEMA}.information_schema_${view} AS
     SELECT ${nameColumns}, ${columns} FROM ${RESOURCES_TABLE} ${rest}`;
  const table = "name <> ''";
  return [
    define(
      "tables",
      `CASE json_extract_string(body, '$.type') WHEN 'VIEW' THEN 'VIEW' ELSE 'BASE TABLE' END AS table_type,
       CAST(make_timestamp(CAST(json_extract_string(body, '$.creationTime') AS BIGINT) * 1000) AS TIMESTAMPTZ)
         AS creation_time`,
      `WHERE ${table}`,
    ),
    define(
      "views",
      "json_extract_string(body, '$.view.query') AS view_definition",
      `WHERE ${table} AND json_extract(body, '$.view') IS NOT NULL`,
    ),
    define(
      "columns",
      `json_extract_string(field, '$.name') AS column_name, ordinal AS ordinal_position,
       CASE json_extract_string(field, '$.mode') WHEN 'REQUIRED' THEN 'NO' ELSE 'YES' END AS is_nullable,
       CASE json_extract_string(field, '$.mode') WHEN 'REPEATED' THEN 'ARRAY<' || type || '>' ELSE type END AS data_type`,
      `, UNNEST(json_extract(body, '$.schema.fields[*]')) WITH ORDINALITY AS columns(field, ordinal),
       LATERAL (SELECT CASE json_extract_string(field, '$.type') WHEN 'INTEGER' THEN 'INT64' WHEN 'FLOAT' THEN 'FLOAT64'
         WHEN 'BOOLEAN' THEN 'BOOL' WHEN 'RECORD' THEN 'STRUCT' ELSE json_extract_string(field, '$.type') END AS type)
       WHERE ${table}`,
    ),
  ];
}
