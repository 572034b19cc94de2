import { and, eq, isNotNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { Event } from "../events/event.ts";
import { log } from "../observability/log.ts";
import { type Connection, database, inTransaction, lock, type Transaction } from "./database.ts";
import { processedEvents } from "./schema.ts";

export interface ProcessingKey {
  subscriber: string;
  event: Pick<Event, "id">;
  /** Events with the same lock are processed one at a time, across subscribers and instances. */
  lock: string;
}

type Entry = Pick<ProcessingKey, "subscriber" | "event">;

export interface Attempt {
  /**
   * Holds the lock until the work ends. Its writes are committed only if the work succeeds. The work uses no other connection: once all
   * connections of the pool wait for the lock, its holder would wait for a connection for ever.
   */
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
export async function processOnce(key: ProcessingKey, work: (attempt: Attempt) => Promise<void>) {
  const attempts = await beginAttempt(key);
  if (attempts === "done")
    return log("DEBUG", "The event has been processed before", {
      subscriber: key.subscriber,
      event: key.event.id,
    });
  await inTransaction(async (tx) => {
    await lock(tx, key.lock);
    if (await isDone(tx, key)) return;
    await work({ tx, isRetry: attempts > 1 });
    await tx.update(processedEvents).set({ doneAt: sql`now()` }).where(isEntryOf(key));
  });
}

/**
 * Stores what is to be done about an event, in a transaction that has committed before anything is done. A retry gets the stored
 * decision, whatever other events changed in between, so it looks for its message where the first attempt posted it.
 *
 * @param decide gets the decision of an earlier attempt, and returns that one or another; its writes are committed with the decision
 * @returns undefined for an event that was processed without a decision, by an earlier release
 */
export async function decideOnce<Decision>(
  key: ProcessingKey,
  schema: z.ZodType<Decision>,
  decide: (tx: Transaction, earlier: Decision | undefined) => Promise<Decision>,
): Promise<Decision | undefined> {
  return inTransaction(async (tx) => {
    await lock(tx, key.lock);
    const earlier = await readDecision(tx, key, schema);
    if (earlier === undefined && (await isDone(tx, key))) return undefined;
    const decision = await decide(tx, earlier);
    if (decision !== earlier) await storeDecision(tx, key, decision);
    return decision;
  });
}

/** @returns undefined if no decision is stored, or it does not match the schema, for instance because an earlier release wrote it */
export async function readDecision<Decision>(
  db: Connection,
  entry: Entry,
  schema: z.ZodType<Decision>,
): Promise<Decision | undefined> {
  const [row] = await db
    .select({ decision: processedEvents.decision })
    .from(processedEvents)
    .where(isEntryOf(entry));
  if (!row || row.decision === null) return undefined;
  const parsed = schema.safeParse(row.decision);
  if (parsed.success) return parsed.data;
  log("WARNING", "A stored decision does not match its schema; the event is decided again", {
    event: entry.event.id,
    issues: z.prettifyError(parsed.error),
  });
  return undefined;
}

/** A decision is no attempt: `processOnce` counts those. */
async function storeDecision(tx: Transaction, { subscriber, event }: Entry, decision: unknown) {
  await tx
    .insert(processedEvents)
    .values({ subscriber, eventId: event.id, attempts: 0, decision })
    .onConflictDoUpdate({
      target: [processedEvents.subscriber, processedEvents.eventId],
      set: { decision },
    });
}

async function beginAttempt({ subscriber, event }: Entry): Promise<number | "done"> {
  const [row] = await database()
    .insert(processedEvents)
    .values({ subscriber, eventId: event.id })
    .onConflictDoUpdate({
      target: [processedEvents.subscriber, processedEvents.eventId],
      set: { attempts: sql`${processedEvents.attempts} + 1` },
    })
    .returning({ attempts: processedEvents.attempts, doneAt: processedEvents.doneAt });
  return row?.doneAt ? "done" : (row?.attempts ?? 1);
}

async function isDone(tx: Transaction, entry: Entry): Promise<boolean> {
  const done = await tx
    .select({ eventId: processedEvents.eventId })
    .from(processedEvents)
    .where(and(isEntryOf(entry), isNotNull(processedEvents.doneAt)));
  return done.length > 0;
}

function isEntryOf({ subscriber, event }: Entry) {
  return and(eq(processedEvents.subscriber, subscriber), eq(processedEvents.eventId, event.id));
}
