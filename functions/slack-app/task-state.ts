import { and, eq, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import { z } from "zod";
import { database, type Transaction } from "../../shared/database/database.ts";
import { slackMessages } from "../../shared/database/schema.ts";
import { messagesAbout, rememberMessage } from "../../shared/database/slack-messages.ts";
import type { MessageRef } from "../../shared/slack/slack-message.ts";

/** A lease ends this long after it was last renewed. */
export const LEASE_MS = 60_000;

const lease = z.object({
  done: z.boolean(),
  /** Id of the attempt that holds the lease. */
  holder: z.string(),
  /** Unix time in milliseconds. */
  leasedUntil: z.number(),
});

type TaskContext<Progress> = z.infer<typeof lease> & { progress: Progress };

/** The context of a task's message, as the database stores it. */
function taskContext<Progress>(progress: z.ZodType<Progress>): z.ZodType<TaskContext<Progress>> {
  return z.intersection(lease, z.object({ progress }));
}

/** A stored task, with the message that reports on it. */
export interface TaskState<Progress> extends z.infer<typeof lease> {
  id: number;
  message: MessageRef;
  progress: Progress;
}

/** A task, and the attempt that works on it. */
export type Lease = Pick<TaskState<unknown>, "id" | "holder">;

/** Thrown by an attempt that was suspended for longer than its lease, while another one took over. */
export class LeaseLostError extends Error {
  override name = "LeaseLostError";
}

/** Stores a new task whose lease belongs to `holder`. */
export async function beginTask<Progress>(
  tx: Transaction,
  task: { kind: string; eventId: string; message: MessageRef; holder: string; progress: Progress },
) {
  const { kind, eventId, message, holder, progress } = task;
  const context = { done: false, holder, leasedUntil: Date.now() + LEASE_MS, progress };
  await rememberMessage(tx, { type: kind, ref: eventId, ...message, context });
}

/** Whether an attempt works on a task of this kind now. */
export async function isInProgress(tx: Transaction, kind: string): Promise<boolean> {
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
 * Takes the lease of a task whose lease has ended.
 *
 * @param progress schema of the task's progress
 * @returns the task, whose holder may be another attempt; undefined if there is no such task
 */
export async function claimTask<Progress>(
  { kind, eventId, holder }: { kind: string; eventId: string; holder: string },
  progress: z.ZodType<Progress>,
): Promise<TaskState<Progress> | undefined> {
  const [task] = await messagesAbout(database(), kind, [eventId], taskContext(progress));
  if (!task) return undefined;
  const { id, channel, ts, context } = task;
  const isFree = !context.done && context.holder !== holder && context.leasedUntil <= Date.now();
  const isClaimed = isFree && (await takeLease(id, context, holder));
  return { id, message: { channel, ts }, ...context, ...(isClaimed && { holder }) };
}

/** Compare-and-set on the lease that was read: of two concurrent claims one succeeds, and a renewed lease stays. */
async function takeLease(
  id: number,
  previous: Pick<TaskContext<unknown>, "holder" | "leasedUntil">,
  holder: string,
): Promise<boolean> {
  const updated = await database()
    .update(slackMessages)
    .set(mergeIntoContext({ holder, leasedUntil: Date.now() + LEASE_MS }))
    .where(
      and(
        isHeldBy(id, previous.holder),
        sql`(${slackMessages.context}->>'leasedUntil')::bigint = ${previous.leasedUntil}`,
      ),
    )
    .returning({ id: slackMessages.id });
  return updated.length > 0;
}

/** Extends the lease. @throws {LeaseLostError} if another attempt holds it */
export async function renewLease(task: Lease) {
  await update(task, mergeIntoContext({ leasedUntil: Date.now() + LEASE_MS }));
}

/**
 * Stores where the task's message is now, and changes of its context.
 *
 * @throws {LeaseLostError} if another attempt holds the lease; then nothing changes
 */
export async function changeTask<Progress>(
  task: Lease,
  { channel, ts }: MessageRef,
  changes: Partial<TaskContext<Progress>>,
) {
  await update(task, { channel, ts, ...mergeIntoContext(changes) });
}

async function update({ id, holder }: Lease, values: PgUpdateSetSource<typeof slackMessages>) {
  const updated = await database()
    .update(slackMessages)
    .set(values)
    .where(isHeldBy(id, holder))
    .returning({ id: slackMessages.id });
  if (updated.length === 0) throw new LeaseLostError("Another attempt works on the task now");
}

function isHeldBy(id: number, holder: string) {
  return and(eq(slackMessages.id, id), sql`${slackMessages.context}->>'holder' = ${holder}`);
}

function mergeIntoContext(changes: Partial<TaskContext<unknown>>) {
  return {
    context: sql`${slackMessages.context} || ${JSON.stringify(changes)}::jsonb`,
    updatedAt: sql`now()`,
  };
}
