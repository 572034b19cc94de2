import { and, asc, eq, inArray, lte, or, sql } from "drizzle-orm";
import { database, inTransaction } from "../../shared/database/database.ts";
import { deliveryLogReads, redeliveries } from "../../shared/database/schema.ts";
import { log } from "../../shared/observability/log.ts";
import { type DeliveryOutcomes, decide, type FailedDelivery, RETENTION_MS } from "./decide.ts";

/** Rows per statement: Postgres allows 65,535 parameters. */
const BATCH = 1000;

const isPending = sql`${redeliveries.recoveredAt} IS NULL AND ${redeliveries.gaveUpAt} IS NULL`;

/** Time of the newest attempt that a complete reading of the log saw; undefined before the first. */
export async function readSeenUntil(log: string): Promise<Date | undefined> {
  const [row] = await database().select().from(deliveryLogReads).where(eq(deliveryLogReads.log, log));
  return row?.seenUntil;
}

/** Stores how far a log has been read. An earlier time than the stored one changes nothing. */
export async function storeSeenUntil(log: string, seenUntil: Date) {
  await database()
    .insert(deliveryLogReads)
    .values({ log, seenUntil })
    .onConflictDoUpdate({
      target: deliveryLogReads.log,
      set: { seenUntil: sql`greatest(${deliveryLogReads.seenUntil}, excluded.seen_until)` },
    });
}

/**
 * Stores what the logs say. Storing it twice, or an older reading after a newer one, changes nothing.
 *
 * @returns how many failures are new, and how many events have recovered
 */
export async function storeOutcomes({
  failed,
  succeeded,
}: DeliveryOutcomes): Promise<{ failed: number; recovered: number }> {
  const counts = { failed: 0, recovered: 0 };
  await inTransaction(async (tx) => {
    for (let start = 0; start < failed.length; start += BATCH) {
      const rows = failed
        .slice(start, start + BATCH)
        .map((delivery) => ({ ...delivery, nextAttemptAt: delivery.firstFailedAt }));
      // xmax is 0 in a row that the statement inserted.
      const stored = await tx
        .insert(redeliveries)
        .values(rows)
        .onConflictDoUpdate({
          target: redeliveries.guid,
          set: { log: sql`excluded.log`, deliveryId: sql`excluded.delivery_id` },
          setWhere: isPending,
        })
        .returning({ isNew: sql<boolean>`xmax = 0` });
      counts.failed += stored.filter(({ isNew }) => isNew).length;
    }
    const pending = await tx.select({ guid: redeliveries.guid }).from(redeliveries).where(isPending);
    for (const { guid } of pending) {
      const recoveredAt = succeeded.get(guid);
      if (!recoveredAt) continue;
      await tx.update(redeliveries).set({ recoveredAt }).where(eq(redeliveries.guid, guid));
      counts.recovered++;
    }
  });
  return counts;
}

/** A delivery of which GitHub is to be asked for another attempt. */
export type DueAttempt = Pick<FailedDelivery, "guid" | "log" | "deliveryId">;

/** Marks events that are stored although no attempt got a 2xx. */
export async function storeRecovered(guids: string[], recoveredAt: Date) {
  if (guids.length === 0) return;
  await database()
    .update(redeliveries)
    .set({ recoveredAt })
    .where(and(inArray(redeliveries.guid, guids), isPending));
}

/** Number of events that have been without a 2xx since before a time, and are not given up. */
export function countPending(before: Date): Promise<number> {
  return database().$count(redeliveries, and(isPending, lte(redeliveries.firstFailedAt, before)));
}

/**
 * Takes deliveries that are due, and moves their next attempt before it is asked for: another run does not take them as well, and one
 * whose run died waits until then. Events without a 2xx after three days are given up, and logged.
 */
export async function claimDue(now: Date, limit: number): Promise<{ ask: DueAttempt[]; gaveUp: number }> {
  return inTransaction(async (tx) => {
    const expired = new Date(now.getTime() - RETENTION_MS);
    const due = await tx
      .select()
      .from(redeliveries)
      .where(
        and(isPending, or(lte(redeliveries.nextAttemptAt, now), lte(redeliveries.firstFailedAt, expired))),
      )
      .orderBy(asc(redeliveries.nextAttemptAt))
      .limit(limit)
      .for("update", { skipLocked: true });
    const ask: DueAttempt[] = [];
    const lost: string[] = [];
    for (const row of due) {
      const decision = decide(row, now);
      if (decision.do === "give up") lost.push(row.guid);
      if (decision.do !== "ask") continue;
      const { nextAttemptAt } = decision;
      const set = { nextAttemptAt, requested: sql`${redeliveries.requested} + 1` };
      await tx.update(redeliveries).set(set).where(eq(redeliveries.guid, row.guid));
      ask.push({ guid: row.guid, log: row.log, deliveryId: row.deliveryId });
    }
    if (lost.length > 0) {
      await tx.update(redeliveries).set({ gaveUpAt: now }).where(inArray(redeliveries.guid, lost));
      // Before the commit: a run that dies here says it again, instead of never.
      for (const { guid, event, requested, firstFailedAt } of due.filter(({ guid }) => lost.includes(guid)))
        log("ERROR", "A delivery of GitHub is lost: no attempt succeeded within three days", {
          outcome: "lost",
          event: guid,
          type: event,
          requested,
          firstFailedAt,
        });
    }
    return { ask, gaveUp: lost.length };
  });
}
