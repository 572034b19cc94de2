import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { z } from "zod";
import { processOnce } from "../../shared/database/process-once.ts";
import type { SlackEvent } from "../../shared/events/slack-event.ts";
import { log } from "../../shared/observability/log.ts";
import { postOnce } from "../../shared/slack/post-once.ts";
import type { SlackMessage } from "../../shared/slack/slack-message.ts";
import { updateMessage } from "../../shared/slack/update-message.ts";
import { processingKey, type ReplyTarget } from "./reply.ts";
import {
  beginTask,
  changeTask,
  claimTask,
  isInProgress,
  LEASE_MS,
  LeaseLostError,
  renewLease,
  type TaskState,
} from "./task-state.ts";

const RENEWAL_MS = LEASE_MS / 4;
/** How often a second delivery checks whether the first one is done. */
const POLL_MS = 500;
/** A second delivery waits longer than a lease lasts, so that it can claim the lease of an instance that died. */
const MAX_WAIT_MS = 2 * LEASE_MS;

export interface Task<Progress> {
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
 * However often the event is delivered, one delivery at a time works on it, and the others wait for it. The working delivery renews a lease.
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

/** @returns undefined when there is nothing left to do */
async function claim<Progress>(
  { kind, event, progress }: Task<Progress>,
  holder: string,
): Promise<TaskState<Progress> | undefined> {
  const until = Date.now() + MAX_WAIT_MS;
  for (;;) {
    const state = await claimTask({ kind, eventId: event.id, holder }, progress);
    if (!state || state.done) return undefined;
    if (state.holder === holder) return state;
    if (Date.now() > until) throw new Error(`Another delivery of ${event.id} is still in progress`);
    await sleep(POLL_MS);
  }
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
