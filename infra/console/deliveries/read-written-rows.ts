import { BigQuery } from "@google-cloud/bigquery";
import { readTables } from "../../bigquery/definitions.ts";
import { toJsonRow } from "../../local/api/to-json-row.ts";

/** Rows per table. */
export const MAX_ROWS = 50;

export interface WrittenRows {
  /** `dataset.table` */
  table: string;
  rows: Record<string, unknown>[];
}

/**
 * Reads the rows that an event's subscribers wrote, by table. It omits JSON columns: they repeat the event.
 *
 * @param bigqueryDir directory of the table definitions
 * @throws {Error} with BigQuery's message
 */
export async function readWrittenRows(eventId: string, bigqueryDir: string): Promise<WrittenRows[]> {
  // The page shows an outage instead of waiting for its end. A reload retries.
  const bigquery = new BigQuery({ autoRetry: false });
  const tables = (await readTables(bigqueryDir)).filter(
    ({ table, schema }) =>
      !/_(facts|summaries)$/.test(table) && schema.fields.some(({ name }) => name === "event_id"),
  );
  const written = await Promise.all(
    tables.map(async ({ dataset, table, schema }) => {
      const columns = schema.fields.filter(({ type }) => type !== "JSON").map(({ name }) => `\`${name}\``);
      const query = `SELECT ${columns.join(", ")} FROM \`${dataset}.${table}\` WHERE event_id = @id LIMIT ${MAX_ROWS}`;
      const [rows] = await bigquery.query({ query, params: { id: eventId } });
      return { table: `${dataset}.${table}`, rows: rows.map(toJsonRow) };
    }),
  );
  return written.filter(({ rows }) => rows.length > 0);
}
