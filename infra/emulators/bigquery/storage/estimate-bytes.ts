import type { DuckDBValue } from "@duckdb/node-api";
import { quoteName } from "./column-type.ts";
import type { QueryResult } from "./warehouse-database.ts";

interface PlanNode {
  name: string;
  children: PlanNode[];
  extra_info: { Table?: string; Projections?: string | string[]; Filters?: string | string[] };
}

interface PlannedScan {
  /** Database, schema and table. */
  path: string[];
  projections: string[];
  filters: string;
}

/** One reading of a table by a query. */
export interface Scan {
  /** `<dataset>.<table>` */
  table: string;
  /** Columns that the query reads. */
  columns: string[];
  /** Columns that the table's rows are compared by with constants. */
  compared: string[];
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
  let bytes = 0;
  for (const scan of await readPlan(read, sql)) bytes += await measure(read, scan);
  return Math.round(bytes);
}

/**
 * Which columns of which tables a query reads. DuckDB's plan leaves out a column that the result does not need, as BigQuery does.
 *
 * @param read runs DuckDB SQL
 * @param sql a SELECT in DuckDB SQL. A table that is empty is not scanned
 */
export async function readScans(read: (sql: string) => Promise<QueryResult>, sql: string): Promise<Scan[]> {
  const scans: Scan[] = [];
  for (const scan of await readPlan(read, sql)) {
    const columns = await readColumns(read, scan);
    const compared = columns.filter((name) => isCompared(scan.filters, name));
    scans.push({ table: scan.path.slice(-2).join("."), columns, compared });
  }
  return scans;
}

async function readPlan(read: (sql: string) => Promise<QueryResult>, sql: string): Promise<PlannedScan[]> {
  const { rows } = await read(`EXPLAIN (FORMAT JSON) ${sql}`);
  const plan = JSON.parse(String(rows[0]?.[1] ?? "[]")) as PlanNode[];
  return plan.flatMap(findScans);
}

function findScans(node: PlanNode): PlannedScan[] {
  const { Table, Projections = [], Filters = [] } = node.extra_info;
  const own =
    Table === undefined
      ? []
      : [
          {
            path: Table.split("."),
            projections: [Projections].flat().filter(Boolean),
            filters: [Filters].flat().join(" "),
          },
        ];
  return [...own, ...node.children.flatMap(findScans)];
}

async function readColumns(
  read: (sql: string) => Promise<QueryResult>,
  { path, projections, filters }: PlannedScan,
): Promise<string[]> {
  const { names } = await read(`SELECT * FROM ${quotePath(path)} LIMIT 0`);
  const mentioned = new Set(filters.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []);
  return names.filter((name) => projections.includes(name) || mentioned.has(name));
}

/** Whether a plan's conditions compare a column, or its begin of a minute, hour or day, with a constant: `time>='2025-01-01 00:00:00+00'`. */
function isCompared(filters: string, column: string): boolean {
  return new RegExp(`(^|[^\\p{L}\\p{N}_])${column}[^<>=]*([<>]=?|BETWEEN)\\s*'`, "u").test(filters);
}

async function measure(read: (sql: string) => Promise<QueryResult>, scan: PlannedScan): Promise<number> {
  const scanned = await readColumns(read, scan);
  const table = quotePath(scan.path);
  if (scanned.length === 0) return 0;
  const widths = scanned.map((name) => `COALESCE(AVG(${width(quoteName(name))}), 0)`).join(" + ");
  const sample = `SELECT ${scanned.map(quoteName).join(", ")} FROM ${table} LIMIT ${SAMPLE_ROWS}`;
  const { rows } = await read(`SELECT (SELECT COUNT(*) FROM ${table}) * (SELECT ${widths} FROM (${sample}))`);
  return toNumber(rows[0]?.[0]);
}

function quotePath(path: string[]): string {
  return path.map(quoteName).join(".");
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
