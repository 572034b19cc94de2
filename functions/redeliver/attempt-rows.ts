import type { TableRow } from "../../shared/bigquery/row-writer.ts";
import type { Attempt } from "./decide.ts";

/** Rows of `delivery_attempts`. The same attempt has the same insertId in every run. @param dataset of the metrics */
export function toAttemptRows(attempts: Attempt[], dataset: string): TableRow[] {
  return attempts.map((attempt) => ({
    dataset,
    table: "delivery_attempts",
    insertId: `${attempt.log}:${attempt.id}`,
    row: {
      log: attempt.log,
      attempt_id: attempt.id,
      guid: attempt.guid,
      event: attempt.event,
      repository_id: attempt.repositoryId,
      status_code: attempt.statusCode,
      is_redelivery: attempt.isRedelivery,
      delivered_at: attempt.deliveredAt.toISOString(),
    },
  }));
}
