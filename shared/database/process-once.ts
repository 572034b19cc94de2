import { and, eq, isNotNull, sql } from "drizzle-orm";
import type { Event } from "../events/event.ts";
import { log } from "../observability/log.ts";
import { database, type Transaction } from "./database.ts";
import { lock } from "./lock.ts";
import { processedEvents } from "./schema.ts";

export interface ProcessingKey {
  subscriber: string;
  event: Pick<Event, "id">;
  /** Events with the same lock are worked on one after the other, whichever subscriber or instance has them. */
  lock: string;
}

export interface Attempt {
  /** Holds the lock until the work is done; what is written is kept only if the work succeeds. */
  tx: Transaction;
  /** Whether an earlier attempt at this event was begun: it may have posted to Slack without having been able to write it down. */
  isRetry: boolean;
}

/**
 * Does a subscriber's work for an event once, however often and however simultaneously the event is delivered.
 *
 * An attempt is written down before it begins and again, together with what the work wrote, when it has succeeded. What dies in between
 * leaves nothing but the first mark: the next attempt learns from it that it has to look before it posts.
 *
 * @throws what the work throws: the event is to be delivered again
 */
export async function processOnce(
  { subscriber, event, lock: name }: ProcessingKey,
  work: (attempt: Attempt) => Promise<void>,
) {
  const attempts = await begin(subscriber, event.id);
  if (attempts === "done") return log("DEBUG", "Already handled", { subscriber, event: event.id });
  await database().transaction(async (tx) => {
    await lock(tx, name);
    if (await isDone(tx, subscriber, event.id)) return;
    await work({ tx, isRetry: attempts > 1 });
    await tx.update(processedEvents).set({ doneAt: sql`now()` }).where(of(subscriber, event.id));
  });
}

async function begin(subscriber: string, eventId: string): Promise<number | "done"> {
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
    .where(and(of(subscriber, eventId), isNotNull(processedEvents.doneAt)));
  return done.length > 0;
}

function of(subscriber: string, eventId: string) {
  return and(eq(processedEvents.subscriber, subscriber), eq(processedEvents.eventId, eventId));
}
