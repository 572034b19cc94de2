import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BigQuery } from "@google-cloud/bigquery";
import { summaries } from "../../../functions/refresh-facts/facts/summaries.ts";
import type { TableRow } from "../../../shared/bigquery/row-writer.ts";
import { startWarehouse, type Warehouse } from "../../emulators/bigquery/start.ts";
import { createTables } from "../apply-definitions.ts";
import { bigqueryDir } from "../definitions.ts";
import { applyFacts } from "./apply-facts.ts";
import { prepareWarehouse } from "./prepare-warehouse.ts";

const summaryTables = summaries.map(({ table }) => table);

/** A request has at most 10 MB. */
const ROWS_PER_INSERT = 1000;

export interface FrozenWarehouse {
  bigquery: BigQuery;
  /** Empties every table, stores these rows and merges them into the facts. */
  given(...rows: TableRow[][]): Promise<void>;
  /** Replaces the raw rows of these tables, and merges them into the facts: another refresh, which reads nothing of the one before. */
  add(...rows: TableRow[][]): Promise<void>;
  /** Stores raw rows. */
  insert(rows: TableRow[]): Promise<void>;
  /** Creates missing tables. */
  createTables(): Promise<void>;
  /** Runs a query; dates and timestamps are strings in BigQuery's format. */
  rows(sql: string): Promise<Record<string, unknown>[]>;
  scans: Warehouse["scans"];
  stop(): Promise<void>;
}

/**
 * Starts a local warehouse with the project's tables and views, whose clock does not move.
 * @param now RFC 3339, UTC
 */
export async function startFrozenWarehouse(now: string): Promise<FrozenWarehouse> {
  const prepared = await prepareWarehouse();
  const dir = await mkdtemp(join(tmpdir(), "bigquery-"));
  const file = join(dir, "warehouse.duckdb");
  await copyFile(prepared, file);
  const warehouse = await startWarehouse({ file, now: new Date(now), deduplicationWindowMs: 0 });
  process.env.BIGQUERY_EMULATOR_HOST = `${warehouse.url}/bigquery/v2`;
  const bigquery = new BigQuery({ projectId: "local" });
  let filled: string[] = [];
  const empty = async (names: string[]) => {
    if (names.length > 0)
      await bigquery.query(names.map((name) => `DELETE FROM ${name} WHERE TRUE;`).join("\n"));
  };
  const add = async (...rows: TableRow[][]) => {
    const tables = rowsByTable(rows.flat());
    await empty([...tables.keys()].filter((name) => filled.includes(name)));
    await Promise.all([...tables.values()].map((tableRows) => insert(bigquery, tableRows)));
    const changes = tables.size > 0 ? await applyFacts(bigquery) : {};
    filled = [...new Set([...filled, ...tables.keys(), ...Object.keys(changes), ...summaryTables])];
  };
  return {
    bigquery,
    add,
    given: async (...rows) => {
      await empty(filled);
      filled = [];
      await add(...rows);
    },
    rows: async (sql) => (await bigquery.query(sql))[0].map(plainValues),
    insert: async (rows) => {
      const tables = rowsByTable(rows);
      await Promise.all([...tables.values()].map((tableRows) => insert(bigquery, tableRows)));
      filled = [...new Set([...filled, ...tables.keys()])];
    },
    scans: warehouse.scans,
    createTables: () => createTables(bigquery, bigqueryDir),
    stop: async () => {
      await warehouse.stop();
      await rm(dir, { recursive: true });
    },
  };
}

/** Replaces the clock in a view's query by a fixed time. */
export function atMoment(query: string, now: string): string {
  return query
    .replaceAll("CURRENT_TIMESTAMP()", `TIMESTAMP('${now}')`)
    .replaceAll("CURRENT_DATE()", `DATE('${now.slice(0, 10)}')`);
}

function rowsByTable(rows: TableRow[]): Map<string, TableRow[]> {
  const tables = new Map<string, TableRow[]>();
  for (const row of rows) {
    const name = `${row.dataset}.${row.table}`;
    tables.set(name, [...(tables.get(name) ?? []), row]);
  }
  return tables;
}

async function insert(bigquery: BigQuery, rows: TableRow[]): Promise<void> {
  const { dataset = "", table = "" } = rows[0] ?? {};
  for (let start = 0; start < rows.length; start += ROWS_PER_INSERT)
    await bigquery
      .dataset(dataset)
      .table(table)
      .insert(rows.slice(start, start + ROWS_PER_INSERT).map(({ row }) => row));
}

/** Unwraps dates and timestamps, for which the client has classes. */
function plainValues(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === "object" && value !== null && "value" in value ? value.value : value,
    ]),
  );
}
