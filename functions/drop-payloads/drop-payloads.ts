import type { BigQuery } from "@google-cloud/bigquery";
import { PAYLOAD_DAYS } from "../../shared/bigquery/payload-days.ts";
import { log } from "../../shared/observability/log.ts";

const DAY_MS = 24 * 60 * 60_000;

interface DropPayloadsOptions {
  /** Dataset of `events`. */
  dataset: string;
  now: Date;
  /** Whether to start another day. */
  hasTime: () => boolean;
}

export interface DropPayloadsSummary extends Record<string, unknown> {
  /** Events that lost their payload. */
  dropped: number;
  /** Days that have none any more. */
  days: number;
  /** False if the time was up: the next run continues. */
  complete: boolean;
}

/**
 * Sets `payload` to null in `events`, one day after the other, oldest first. A statement changes one partition, which is months old: it
 * has no row in the streaming buffer, which statements cannot change.
 * https://cloud.google.com/bigquery/docs/data-manipulation-language#limitations
 *
 * @throws BigQuery's errors, also if another statement changes the same partition; the next run continues
 */
export async function dropPayloads(
  bigquery: BigQuery,
  { dataset, now, hasTime }: DropPayloadsOptions,
): Promise<DropPayloadsSummary> {
  const before = new Date(now.getTime() - PAYLOAD_DAYS * DAY_MS).toISOString().slice(0, 10);
  // Of a column that is null everywhere, BigQuery reads almost nothing.
  const [days] = await bigquery.query({
    query: `SELECT FORMAT_DATE('%F', DATE(received_at)) AS day, COUNT(*) AS events
      FROM ${dataset}.events
      WHERE received_at < TIMESTAMP(@before) AND payload IS NOT NULL
      GROUP BY day ORDER BY day`,
    params: { before },
  });
  const summary: DropPayloadsSummary = { dropped: 0, days: 0, complete: true };
  for (const { day, events } of days as { day: string; events: number }[]) {
    if (!hasTime()) {
      log("WARNING", "Not every old payload was deleted in time; the next run continues", summary);
      return { ...summary, complete: false };
    }
    await bigquery.query({
      query: `UPDATE ${dataset}.events SET payload = NULL
        WHERE received_at >= TIMESTAMP(@day) AND received_at < TIMESTAMP_ADD(TIMESTAMP(@day), INTERVAL 24 HOUR)
          AND payload IS NOT NULL`,
      params: { day },
    });
    summary.dropped += events;
    summary.days++;
  }
  return summary;
}
