import type { BigQuery } from "@google-cloud/bigquery";
import { RETENTION_MS } from "./decide.ts";

/** Before the first attempt at a delivery that GitHub still has. */
const LOOK_BACK_MS = RETENTION_MS + 24 * 60 * 60_000;

/**
 * Returns those of some events that `events` has. Reads one column of the partitions of four days.
 *
 * @throws BigQuery's errors
 */
export async function findHeldEvents(
  bigquery: BigQuery,
  dataset: string,
  guids: string[],
): Promise<Set<string>> {
  const [rows] = await bigquery.query({
    query: `SELECT DISTINCT event_id FROM ${dataset}.events
      WHERE event_id IN UNNEST(@guids) AND received_at >= TIMESTAMP(@since)`,
    params: { guids, since: new Date(Date.now() - LOOK_BACK_MS).toISOString() },
  });
  return new Set((rows as { event_id: string }[]).map(({ event_id }) => event_id));
}
