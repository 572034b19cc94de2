import { BigQuery } from "@google-cloud/bigquery";
import { toJsonRow } from "../../local/api/to-json-row.ts";

export interface QueryResult {
  columns: string[];
  rows: Record<string, unknown>[];
  /** Milliseconds. */
  took: number;
}

/**
 * Runs GoogleSQL in the warehouse that BIGQUERY_EMULATOR_HOST names.
 *
 * @param params values by name, referenced as `@name`
 * @throws {Error} with BigQuery's message
 */
export async function runQuery(query: string, params?: Record<string, unknown>): Promise<QueryResult> {
  const began = performance.now();
  const [job] = await new BigQuery({ autoRetry: false }).createQueryJob({ query, ...(params && { params }) });
  const [rows, , response] = await job.getQueryResults({ parseJSON: true } as object);
  const fields = response?.schema?.fields ?? [];
  return {
    columns: fields.map(({ name = "" }) => name),
    rows: rows.map(toJsonRow),
    took: Math.round(performance.now() - began),
  };
}
