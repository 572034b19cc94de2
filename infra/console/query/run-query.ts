import { BigQuery } from "@google-cloud/bigquery";
import { toJsonRow } from "../../local/api/to-json-row.ts";

export interface QueryResult {
  columns: string[];
  rows: Record<string, unknown>[];
  /** Rows that a statement inserted, changed or removed; undefined for one that has no such count. */
  affectedRows?: number;
  /** BigQuery's, e.g. SELECT, DELETE, CREATE_TABLE, SCRIPT. */
  statementType: string;
  /** Milliseconds. */
  took: number;
}

/** Thrown for a statement that is not a SELECT. Nothing has run. */
export class ChangeError extends Error {
  override name = "ChangeError";

  /** @param statementType BigQuery's, e.g. DELETE */
  constructor(readonly statementType: string) {
    super(`${statementType} changes the warehouse, so it has not run.`);
  }
}

/**
 * Runs GoogleSQL in the warehouse that BIGQUERY_EMULATOR_HOST names.
 *
 * @param params values by name, referenced as `@name`
 * @throws {Error} with BigQuery's message
 */
export async function runQuery(query: string, params?: Record<string, unknown>): Promise<QueryResult> {
  const began = performance.now();
  const bigquery = new BigQuery({ autoRetry: false });
  const [job] = await bigquery.createQueryJob({ query, ...(params && { params }) });
  const [rows, , response] = await job.getQueryResults({ parseJSON: true } as object);
  const { statementType, affectedRows } = await readStatistics(job);
  const fields = response?.schema?.fields ?? [];
  return {
    columns: fields.map(({ name = "" }) => name),
    rows: rows.map(toJsonRow),
    statementType,
    ...(affectedRows !== undefined && { affectedRows }),
    took: Math.round(performance.now() - began),
  };
}

/**
 * Checks what a person's statement would do, with a dry run: its job has BigQuery's statement type,
 * https://cloud.google.com/bigquery/docs/reference/rest/v2/Job#JobStatistics2
 *
 * @throws {ChangeError} unless it is a SELECT
 * @throws {Error} with BigQuery's message
 */
export async function requireRead(query: string): Promise<void> {
  const [job] = await new BigQuery({ autoRetry: false }).createQueryJob({ query, dryRun: true });
  const statistics: { query?: { statementType?: string } } | undefined = job.metadata?.statistics;
  const type = statistics?.query?.statementType ?? "A statement of unknown type";
  if (type !== "SELECT") throw new ChangeError(type);
}

async function readStatistics(job: { getMetadata(): Promise<unknown[]> }) {
  const [metadata] = (await job.getMetadata()) as [
    { statistics?: { query?: { statementType?: string; numDmlAffectedRows?: string } } },
  ];
  const { statementType = "SELECT", numDmlAffectedRows } = metadata.statistics?.query ?? {};
  return {
    statementType,
    ...(numDmlAffectedRows !== undefined && { affectedRows: Number(numDmlAffectedRows) }),
  };
}
