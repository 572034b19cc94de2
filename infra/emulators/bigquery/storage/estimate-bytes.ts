import type { DuckDBValue } from "@duckdb/node-api";
import { quoteName } from "./column-type.ts";
import type { QueryResult } from "./warehouse-database.ts";

interface PlanNode {
  name: string;
  children: PlanNode[];
  extra_info: { Table?: string; Projections?: string | string[]; Filters?: string | string[] };
}

interface Scan {
  /** Quoted name with its database and schema. */
  table: string;
  projections: string[];
  filters: string;
}

/** Rows from which the width of a column is estimated. */
const SAMPLE_ROWS = 1000;

/**
 * Bytes of the columns that a query reads, as BigQuery bills them: 8 for numbers and times, 16 for NUMERIC, 1 for BOOL, 2 more than its
 * UTF-8 for text, none for NULL. https://cloud.google.com/bigquery/docs/estimate-costs#logical-size-of-data-types
 *
 * Widths are the mean of the first rows. Partitions that BigQuery would skip are counted.
 *
 * @param read runs DuckDB SQL
 * @param sql a SELECT in DuckDB SQL
 */
export async function estimateBytes(
  read: (sql: string) => Promise<QueryResult>,
  sql: string,
): Promise<number> {
  const { rows } = await read(`EXPLAIN (FORMAT JSON) ${sql}`);
  const plan = JSON.parse(String(rows[0]?.[1] ?? "[]")) as PlanNode[];
  let bytes = 0;
  for (const scan of plan.flatMap(findScans)) bytes += await measure(read, scan);
  return Math.round(bytes);
}

function findScans(node: PlanNode): Scan[] {
  const { Table, Projections = [], Filters = [] } = node.extra_info;
  const own =
    Table === undefined
      ? []
      : [
          {
            table: Table.split(".").map(quoteName).join("."),
            projections: [Projections].flat().filter(Boolean),
            filters: [Filters].flat().join(" "),
          },
        ];
  return [...own, ...node.children.flatMap(findScans)];
}

async function measure(
  read: (sql: string) => Promise<QueryResult>,
  { table, projections, filters }: Scan,
): Promise<number> {
  const columns = (await read(`SELECT * FROM ${table} LIMIT 0`)).names;
  const mentioned = new Set(filters.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []);
  const scanned = columns.filter((name) => projections.includes(name) || mentioned.has(name));
  if (scanned.length === 0) return 0;
  const widths = scanned.map((name) => `COALESCE(AVG(${width(quoteName(name))}), 0)`).join(" + ");
  const sample = `SELECT ${scanned.map(quoteName).join(", ")} FROM ${table} LIMIT ${SAMPLE_ROWS}`;
  const { rows } = await read(`SELECT (SELECT COUNT(*) FROM ${table}) * (SELECT ${widths} FROM (${sample}))`);
  return toNumber(rows[0]?.[0]);
}

/** DuckDB SQL of the bytes of one value. */
function width(column: string): string {
  return `CASE WHEN ${column} IS NULL THEN 0
    WHEN typeof(${column}) IN ('VARCHAR', 'JSON') THEN 2 + strlen(CAST(${column} AS VARCHAR))
    WHEN typeof(${column}) = 'BOOLEAN' THEN 1
    WHEN typeof(${column}) LIKE 'DECIMAL%' THEN 16
    WHEN typeof(${column}) IN ('BIGINT', 'DOUBLE', 'DATE', 'TIME', 'TIMESTAMP', 'TIMESTAMP WITH TIME ZONE') THEN 8
    ELSE strlen(CAST(${column} AS VARCHAR)) END`;
}

function toNumber(value: DuckDBValue | undefined): number {
  return value === undefined || value === null ? 0 : Number(value);
}
