import { BigQuery } from "@google-cloud/bigquery";
import { toJsonRow } from "../../local/api/to-json-row.ts";

export interface QueryResult {
  columns: string[];
  /** GoogleSQL types by column. */
  types: Record<string, string>;
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
    types: Object.fromEntries(fields.map(({ name = "", type = "" }) => [name, toGoogleSqlType(type)])),
    rows: rows.map(toJsonRow),
    statementType,
    ...(affectedRows !== undefined && { affectedRows }),
    took: Math.round(performance.now() - began),
  };
}

/** What a statement would do. */
export interface StatementCheck {
  /** BigQuery's, e.g. SELECT, DELETE, SCRIPT. */
  statementType: string;
  /** Bytes that BigQuery would read, estimated. */
  bytes: number;
}

/**
 * Checks what a person's statement would do, with a dry run: its job has BigQuery's statement type,
 * https://cloud.google.com/bigquery/docs/reference/rest/v2/Job#JobStatistics2
 *
 * @throws {Error} with BigQuery's message
 */
export async function checkStatement(query: string): Promise<StatementCheck> {
  const [job] = await new BigQuery({ autoRetry: false }).createQueryJob({ query, dryRun: true });
  const statistics: { query?: { statementType?: string; totalBytesProcessed?: string } } | undefined =
    job.metadata?.statistics;
  return {
    statementType: statistics?.query?.statementType ?? "A statement of unknown type",
    bytes: Number(statistics?.query?.totalBytesProcessed ?? 0),
  };
}

/**
 * @returns bytes that BigQuery would read
 * @throws {ChangeError} unless the statement is a SELECT
 * @throws {Error} with BigQuery's message
 */
export async function requireRead(query: string): Promise<number> {
  const { statementType, bytes } = await checkStatement(query);
  if (statementType !== "SELECT") throw new ChangeError(statementType);
  return bytes;
}

const GOOGLE_SQL_TYPES: Record<string, string> = {
  INTEGER: "INT64",
  FLOAT: "FLOAT64",
  BOOLEAN: "BOOL",
  RECORD: "STRUCT",
};

/** The REST API has older names: https://cloud.google.com/bigquery/docs/reference/rest/v2/tables#TableFieldSchema.FIELDS.type */
function toGoogleSqlType(type: string): string {
  return GOOGLE_SQL_TYPES[type] ?? type;
}

interface JobMetadata {
  status?: { state?: string };
  statistics?: { query?: { statementType?: string; numDmlAffectedRows?: string } };
}

async function readStatistics(job: { metadata?: JobMetadata; getMetadata(): Promise<unknown[]> }) {
  // A job that had finished when it was created has its statistics. A dashboard has thirty queries.
  const isDone = job.metadata?.status?.state === "DONE";
  const metadata = isDone ? job.metadata : ((await job.getMetadata())[0] as JobMetadata);
  const { statementType = "SELECT", numDmlAffectedRows } = metadata?.statistics?.query ?? {};
  return {
    statementType,
    ...(numDmlAffectedRows !== undefined && { affectedRows: Number(numDmlAffectedRows) }),
  };
}
