import type { BigQuery } from "@google-cloud/bigquery";
import { z } from "zod";
import { buildNumberPatterns, type Replacement } from "./identifiers.ts";

/** Rows per table, by `<dataset>.<table>`; tables without such a row are left out. */
export type RowCounts = Record<string, number>;

export interface WarehouseResult {
  /** Rows that name the person, or named the person. */
  rows: RowCounts;
  /** Rows that BigQuery cannot change yet. */
  waiting: RowCounts;
}

/** Streamed rows are in a buffer for up to 90 minutes: https://cloud.google.com/bigquery/docs/data-manipulation-language#limitations */
const BUFFER_MINUTES = 90;

/** Columns with GitHub's number of an account, and the column that has its name in the same row. */
const NUMBER_COLUMNS = new Map([
  ["user_id", "username"],
  ["target_id", "target_name"],
]);

const metadata = z.looseObject({
  type: z.string().optional(),
  timePartitioning: z.looseObject({ field: z.string().optional() }).optional(),
  schema: z.looseObject({
    fields: z.array(z.looseObject({ name: z.string(), type: z.string(), mode: z.string().optional() })),
  }),
});

interface TextColumn {
  name: string;
  kind: "text" | "json" | "list";
}

interface TextTable {
  name: string;
  columns: TextColumn[];
  /** Names of its columns in NUMBER_COLUMNS. */
  numbers: string[];
  /** Column with the time of arrival. */
  partition: string | undefined;
}

/**
 * Finds GitHub's number of a person's account beside the person's names.
 *
 * @param names of the person, in any case
 */
export async function findAccountIds(
  bigquery: BigQuery,
  dataset: string,
  names: string[],
): Promise<string[]> {
  const [idFirst, loginFirst] = buildNumberPatterns(names);
  const [rows] = await bigquery.query({
    query: `SELECT DISTINCT id
      FROM (
        SELECT REGEXP_EXTRACT_ALL(text, @idFirst) AS first, REGEXP_EXTRACT_ALL(text, @loginFirst) AS last
        FROM (SELECT CONCAT(TO_JSON_STRING(event), IFNULL(TO_JSON_STRING(payload), '')) AS text FROM ${dataset}.events)
      ), UNNEST(ARRAY_CONCAT(first, last)) AS id`,
    params: { idFirst, loginFirst },
  });
  return z
    .array(z.object({ id: z.string() }))
    .parse(rows)
    .map(({ id }) => id);
}

/**
 * Replaces a person's identifiers in every text and JSON column of every table. A second run changes nothing.
 *
 * @param datasets ids of the suite's datasets
 * @param dryRun counts the rows, and changes nothing
 * @throws BigQuery's errors; a further run continues
 */
export async function forgetInWarehouse(
  bigquery: BigQuery,
  datasets: string[],
  replacement: Replacement,
  { dryRun }: { dryRun: boolean },
): Promise<WarehouseResult> {
  const result: WarehouseResult = { rows: {}, waiting: {} };
  for (const table of (await Promise.all(datasets.map((id) => readTextTables(bigquery, id)))).flat()) {
    const rows = await countRows(bigquery, table, replacement);
    if (rows === 0) continue;
    result.rows[table.name] = rows;
    if (dryRun) continue;
    await pseudonymize(bigquery, table, replacement);
    const left = await countRows(bigquery, table, replacement);
    if (left > 0) result.waiting[table.name] = left;
  }
  return result;
}

async function readTextTables(bigquery: BigQuery, dataset: string): Promise<TextTable[]> {
  const [tables] = await bigquery.dataset(dataset).getTables();
  const found: TextTable[] = [];
  for (const table of tables) {
    const [resource] = await table.getMetadata();
    const { type, timePartitioning, schema } = metadata.parse(resource);
    if (type === "VIEW") continue;
    const columns = schema.fields.flatMap(({ name, type: columnType, mode }): TextColumn[] => {
      if (columnType === "JSON") return [{ name, kind: "json" }];
      return columnType === "STRING" ? [{ name, kind: mode === "REPEATED" ? "list" : "text" }] : [];
    });
    const numbers = schema.fields.map(({ name }) => name).filter((name) => NUMBER_COLUMNS.has(name));
    if (columns.length > 0)
      found.push({ name: `${dataset}.${table.id}`, columns, numbers, partition: timePartitioning?.field });
  }
  return found;
}

async function countRows(bigquery: BigQuery, table: TextTable, { pattern }: Replacement): Promise<number> {
  const query = `SELECT COUNT(*) AS n FROM ${table.name} WHERE ${mentions(table)}`;
  const [rows] = await bigquery.query({ query, params: { pattern } });
  return z.tuple([z.object({ n: z.number() })]).parse(rows)[0].n;
}

/** In one statement: a row without the name would not show whose number it has. */
async function pseudonymize(bigquery: BigQuery, table: TextTable, replacement: Replacement) {
  const { pattern, text, whole, number, numbers } = replacement;
  const changes = [
    ...table.columns.map((column) => `${column.name} = ${replaced(column)}`),
    ...table.numbers.map((column) => `${column} = ${replacedNumber(column)}`),
  ].join(", ");
  const update = `UPDATE ${table.name} SET ${changes} WHERE ${mentions(table)}`;
  const [first, second] = numbers;
  const params = {
    ...{ pattern, text, idFirst: first?.pattern, idText: first?.text },
    ...{ loginFirst: second?.pattern, loginText: second?.text },
    ...(table.numbers.length > 0 && { whole, number }),
  };
  try {
    await bigquery.query({ query: update, params });
  } catch (error) {
    if (!table.partition || !/streaming buffer/i.test((error as Error).message)) throw error;
    const isStored = `${table.partition} < TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL ${BUFFER_MINUTES} MINUTE)`;
    await bigquery.query({ query: `${update} AND ${isStored}`, params });
  }
}

function mentions({ columns }: TextTable): string {
  const conditions = columns.map((column) => `REGEXP_CONTAINS(${asText(column)}, @pattern)`);
  return `(${conditions.map((condition) => `IFNULL(${condition}, FALSE)`).join(" OR ")})`;
}

function asText({ name, kind }: TextColumn): string {
  return kind === "text" ? name : `TO_JSON_STRING(${name})`;
}

function replacedNumber(column: string): string {
  const isPerson = `REGEXP_CONTAINS(IFNULL(${NUMBER_COLUMNS.get(column)}, ''), @whole)`;
  return `IF(${column} IS NOT NULL AND ${isPerson}, @number, ${column})`;
}

/** Twice: two identifiers in a row share the character between them. */
function replaced({ name, kind }: TextColumn): string {
  const numbered = (text: string) =>
    `REGEXP_REPLACE(REGEXP_REPLACE(${text}, @idFirst, @idText), @loginFirst, @loginText)`;
  const twice = (text: string) =>
    `REGEXP_REPLACE(REGEXP_REPLACE(${kind === "json" ? numbered(text) : text}, @pattern, @text), @pattern, @text)`;
  if (kind === "json") return `PARSE_JSON(${twice(`TO_JSON_STRING(${name})`)})`;
  return kind === "list" ? `ARRAY(SELECT ${twice("item")} FROM UNNEST(${name}) AS item)` : twice(name);
}
