import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import { z } from "zod";
import { database, type Transaction } from "../../shared/database/database.ts";
import { processOnce } from "../../shared/database/process-once.ts";
import { slackMessages } from "../../shared/database/schema.ts";
import { messagesAbout, rememberMessage } from "../../shared/database/slack-messages.ts";
import type { SlackEvent } from "../../shared/events/event.ts";
import { log } from "../../shared/observability/log.ts";
import { RedeliverLater } from "../../shared/pubsub/define-subscriber.ts";
import {
  type MessageRef,
  postOnce,
  type SlackMessage,
  updateMessage,
} from "../../shared/slack/slack-message.ts";
import { processingKey, type ReplyTarget } from "./reply.ts";

/** A lease ends this long after it was last renewed. */
const LEASE_MS = 60_000;
const RENEWAL_MS = LEASE_MS / 4;

interface Task<Progress> {
  /** Also the type under which the message is stored. */
  kind: string;
  event: SlackEvent;
  target: ReplyTarget;
  /** Posted before the work starts. */
  opening: SlackMessage;
  /** Posted instead, and nothing else done, if a task of this kind is in progress. Without it, several may run at once. */
  busy?: SlackMessage;
  /** Parses the progress that an earlier attempt saved. */
  progress: z.ZodType<Progress>;
  initialProgress: Progress;
}

export interface Work<Progress> {
  /** What an earlier attempt saved. */
  progress: Progress;
  /** Saves the progress, so that the next attempt can continue from it. */
  saveProgress(progress: Progress): Promise<void>;
  /** Replaces the task's message while the work is in progress. */
  showMessage(message: SlackMessage): Promise<void>;
}

/**
 * Runs work that takes too long for a transaction: posts a message, works, and replaces the message with the result.
 *
 * However often the event is delivered, one delivery at a time works on it, and Pub/Sub redelivers the others until it is done. The working delivery renews a lease.
 * If its instance dies, the lease ends, and the next delivery continues from the saved progress.
 *
 * @param work returns the final message; runs again from the saved progress after it was interrupted
 * @throws what the work throws, so that the event is delivered again
 */
export async function longTask<Progress>(
  task: Task<Progress>,
  work: (work: Work<Progress>) => Promise<SlackMessage>,
) {
  const holder = randomUUID();
  await announce(task, holder);
  const state = await claim(task, holder);
  if (state) await carryOut(task, state, work);
}

async function announce<Progress>(task: Task<Progress>, holder: string) {
  const { kind, event, target, opening, busy, initialProgress } = task;
  await processOnce(processingKey(event, kind), async ({ tx, isRetry }) => {
    const isBusy = busy !== undefined && (await isInProgress(tx, kind));
    const posting = { ...target, event, part: "answer", isRetry };
    const message = await postOnce(isBusy ? busy : opening, posting);
    if (!isBusy) await beginTask(tx, { kind, eventId: event.id, message, holder, progress: initialProgress });
  });
}

/**
 * Fails fast while another delivery works on the task: waiting here would keep one of the instance's few slots for minutes. Pub/Sub
 * redelivers for about 40 minutes, and the lease of an instance that died ends after one.
 *
 * @returns undefined when there is nothing left to do
 * @throws {RedeliverLater} while another delivery holds the lease
 */
async function claim<Progress>(
  { kind, event, progress }: Task<Progress>,
  holder: string,
): Promise<TaskState<Progress> | undefined> {
  const state = await claimTask({ kind, eventId: event.id, holder }, progress);
  if (!state || state.done) return undefined;
  if (state.holder !== holder) throw new RedeliverLater(`another delivery of ${event.id} is in progress`);
  return state;
}

async function carryOut<Progress>(
  { event, target }: Task<Progress>,
  state: TaskState<Progress>,
  work: (work: Work<Progress>) => Promise<SlackMessage>,
) {
  const { progress } = state;
  const posting = { threadTs: target.threadTs, event, part: "answer", isRetry: false };
  let current = state.message;
  let lost: LeaseLostError | undefined;
  const showMessage = async (message: SlackMessage) => {
    if (lost) throw lost;
    current = await updateMessage(current, message, posting);
  };
  const saveProgress = (changed: Progress) => changeTask(state, current, { progress: changed });
  const renewal = setInterval(() => {
    renewLease(state).catch((error) => {
      if (error instanceof LeaseLostError) lost = error;
      log("WARNING", "A lease was not renewed", { error });
    });
  }, RENEWAL_MS);
  try {
    const result = await work({ progress, saveProgress, showMessage });
    // The result is shown only by the attempt that still holds the lease.
    await renewLease(state);
    await showMessage(result);
    await changeTask(state, current, { done: true });
  } catch (error) {
    if (!(error instanceof LeaseLostError)) await changeTask(state, current, { leasedUntil: 0 });
    throw error;
  } finally {
    clearInterval(renewal);
  }
}

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
interface TaskState<Progress> extends z.infer<typeof lease> {
  id: number;
  message: MessageRef;
  progress: Progress;
}

/** A task, and the attempt that works on it. */
type Lease = Pick<TaskState<unknown>, "id" | "holder">;

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
async function isInProgress(tx: Transaction, kind: string): Promise<boolean> {
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
