import { type SQL, sql } from "drizzle-orm";
import { database } from "../../shared/database/database.ts";
import { log } from "../../shared/observability/log.ts";
import { type Retention, retentions } from "./retention.ts";

const DAY_MS = 24 * 60 * 60_000;
/** Rows per statement: each commits by itself, so locks are short and a killed run loses nothing. */
const BATCH = 1000;

interface PruneOptions {
  now: Date;
  /** Whether to start another batch. */
  hasTime: () => boolean;
  batch?: number;
}

export interface PruneSummary extends Record<string, unknown> {
  /** Number of deleted rows, by name of the retention. */
  deleted: Record<string, number>;
  /** False if the time was up: the next run deletes the rest. */
  complete: boolean;
}

/**
 * Deletes expired rows in batches. A row that another run or a subscriber has locked is left for the next run.
 *
 * @throws errors of Postgres; what was deleted before stays deleted
 */
export async function prune({ now, hasTime, batch = BATCH }: PruneOptions): Promise<PruneSummary> {
  const deleted: Record<string, number> = {};
  let complete = true;
  for (const { rows, table, days, isExpired } of retentions) {
    deleted[rows] = 0;
    const condition = isExpired(new Date(now.getTime() - days * DAY_MS));
    let count = batch;
    while (count === batch && hasTime()) {
      count = await deleteBatch(table, condition, batch);
      deleted[rows] += count;
    }
    complete &&= count < batch;
  }
  if (!complete) log("WARNING", "Not everything was pruned in time; the next run continues", { deleted });
  return { deleted, complete };
}

/** MATERIALIZED: a plan that reads a subquery twice would lock and delete more rows than the batch has. */
async function deleteBatch(table: Retention["table"], condition: SQL, batch: number): Promise<number> {
  const result = await database().execute(sql`
    WITH expired AS MATERIALIZED (
      SELECT ctid FROM ${table} WHERE ${condition} LIMIT ${batch} FOR UPDATE SKIP LOCKED)
    DELETE FROM ${table} WHERE ctid IN (SELECT ctid FROM expired)`);
  return result.rowCount ?? 0;
}
