import { and, eq, isNotNull, sql } from "drizzle-orm";
import type { Event } from "../events/event.ts";
import { log } from "../observability/log.ts";
import { database, inTransaction, lock, type Transaction } from "./database.ts";
import { processedEvents } from "./schema.ts";

export interface ProcessingKey {
  subscriber: string;
  event: Pick<Event, "id">;
  /** Events with the same lock are processed one at a time, across subscribers and instances. */
  lock: string;
}

export interface Attempt {
  /** Holds the lock until the work ends. Its writes are committed only if the work succeeds. */
  tx: Transaction;
  /** Whether an earlier attempt at this event began: it may have posted to Slack without storing the message. */
  isRetry: boolean;
}

/**
 * Does a subscriber's work for an event once, even if the event is delivered several times, one after the other or at once.
 *
 * An attempt is marked before it begins, and as done in the transaction of the work. If an attempt dies in between, only the first mark
 * remains. The next attempt sees it and looks in Slack for the message before posting.
 *
 * @throws what the work throws; the event has to be delivered again
 */
export async function processOnce(
  { subscriber, event, lock: name }: ProcessingKey,
  work: (attempt: Attempt) => Promise<void>,
) {
  const attempts = await beginAttempt(subscriber, event.id);
  if (attempts === "done")
    return log("DEBUG", "The event has been processed before", { subscriber, event: event.id });
  await inTransaction(async (tx) => {
    await lock(tx, name);
    if (await isDone(tx, subscriber, event.id)) return;
    await work({ tx, isRetry: attempts > 1 });
    await tx.update(processedEvents).set({ doneAt: sql`now()` }).where(isEntryOf(subscriber, event.id));
  });
}

async function beginAttempt(subscriber: string, eventId: string): Promise<number | "done"> {
  const [row] = await database()
    .insert(processedEvents)
    .values({ subscriber, eventId })
    .onConflictDoUpdate({
      target: [processedEvents.subscriber, processedEvents.eventId],
      set: { attempts: sql`${processedEvents.attempts} + 1` },
    })
    .returning({ attempts: processedEvents.attempts, doneAt: processedEvents.doneAt });
  return row?.doneAt ? "done" : (row?.attempts ?? 1);
}

async function isDone(tx: Transaction, subscriber: string, eventId: string): Promise<boolean> {
  const done = await tx
    .select({ eventId: processedEvents.eventId })
    .from(processedEvents)
    .where(and(isEntryOf(subscriber, eventId), isNotNull(processedEvents.doneAt)));
  return done.length > 0;
}

function isEntryOf(subscriber: string, eventId: string) {
  return and(eq(processedEvents.subscriber, subscriber), eq(processedEvents.eventId, eventId));
}
