import { BigQuery } from "@google-cloud/bigquery";
import { readTables } from "../../bigquery/definitions.ts";
import { toJsonRow } from "../../local/api/to-json-row.ts";

/** Of one table; an event that wrote more wrote them all alike. */
const MAX_ROWS = 50;

export interface WrittenRows {
  /** `dataset.table` */
  table: string;
  rows: Record<string, unknown>[];
}

/**
 * The rows that an event's subscribers wrote, of each table that has some. JSON columns are left out: they repeat the event.
 *
 * @param bigqueryDir where the tables are described
 * @throws what BigQuery says
 */
export async function readWrittenRows(eventId: string, bigqueryDir: string): Promise<WrittenRows[]> {
  // Whoever looks can look again; a page that waits for an outage to end shows nothing.
  const bigquery = new BigQuery({ autoRetry: false });
  const tables = (await readTables(bigqueryDir)).filter(({ schema }) =>
    schema.fields.some(({ name }) => name === "event_id"),
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
