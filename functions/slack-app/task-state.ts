import { and, eq, sql } from "drizzle-orm";
import { database, type Transaction } from "../../shared/database/database.ts";
import { slackMessages } from "../../shared/database/schema.ts";
import { messagesAbout, rememberMessage } from "../../shared/database/slack-messages.ts";
import type { MessageRef } from "../../shared/slack/slack-message.ts";

/** How long a task is somebody's who does not say any more that they work on it. */
export const LEASE_MS = 60_000;

interface Context<Progress> {
  done: boolean;
  /** Which attempt works on it. */
  holder: string;
  /** Milliseconds since 1970, as all instances' clocks have it. */
  leasedUntil: number;
  progress: Progress;
}

/** A task as it is remembered, with the message that tells of it. */
export interface TaskState<Progress> extends Context<Progress> {
  id: number;
  placed: MessageRef;
}

/** Remembers a task that is the holder's from the beginning. */
export async function beginTask<Progress>(
  tx: Transaction,
  {
    kind,
    eventId,
    placed,
    holder,
    progress,
  }: { kind: string; eventId: string; placed: MessageRef; holder: string; progress: Progress },
) {
  const context: Context<Progress> = { done: false, holder, leasedUntil: Date.now() + LEASE_MS, progress };
  await rememberMessage(tx, { type: kind, ref: eventId, ...placed, context });
}

/** Whether somebody works on a task of this kind now. */
export async function isUnderWay(tx: Transaction, kind: string): Promise<boolean> {
  const found = await tx
    .select({ id: slackMessages.id })
    .from(slackMessages)
    .where(
      and(
        eq(slackMessages.type, kind),
        sql`${slackMessages.context}->>'done' = 'false'`,
        sql`(${slackMessages.context}->>'leasedUntil')::bigint > ${Date.now()}`,
      ),
    )
    .limit(1);
  return found.length > 0;
}

/**
 * Takes a task that is nobody's.
 *
 * @returns the task, whoever has it now; undefined when there is none
 */
export async function claimTask<Progress>(
  kind: string,
  eventId: string,
  holder: string,
): Promise<TaskState<Progress> | undefined> {
  const [task] = await messagesAbout<Context<Progress>>(database(), kind, [eventId]);
  if (!task) return undefined;
  const { id, channel, ts, context } = task;
  const isFree = !context.done && context.holder !== holder && context.leasedUntil <= Date.now();
  const taken = isFree && (await take(id, context.holder, holder));
  return { id, placed: { channel, ts }, ...context, ...(taken && { holder }) };
}

/** Of two who saw that it is free, the second one finds another holder than it saw. */
async function take(id: number, seen: string, holder: string): Promise<boolean> {
  const lease = { holder, leasedUntil: Date.now() + LEASE_MS };
  const taken = await database()
    .update(slackMessages)
    .set(merged(lease))
    .where(and(eq(slackMessages.id, id), sql`${slackMessages.context}->>'holder' = ${seen}`))
    .returning({ id: slackMessages.id });
  return taken.length > 0;
}

/** Says that the holder still works on it. */
export async function renewTask(id: number, holder: string) {
  await database()
    .update(slackMessages)
    .set(merged({ leasedUntil: Date.now() + LEASE_MS }))
    .where(and(eq(slackMessages.id, id), sql`${slackMessages.context}->>'holder' = ${holder}`));
}

/** Writes down where the message is now, and what has changed of the task. */
export async function changeTask<Progress>(
  id: number,
  { channel, ts }: MessageRef,
  changes: Partial<Context<Progress>>,
) {
  await database()
    .update(slackMessages)
    .set({ channel, ts, ...merged(changes) })
    .where(eq(slackMessages.id, id));
}

function merged(changes: Partial<Context<unknown>>) {
  return {
    context: sql`${slackMessages.context} || ${JSON.stringify(changes)}::jsonb`,
    updatedAt: sql`now()`,
  };
}
