import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { processOnce } from "../../shared/database/process-once.ts";
import type { SlackEvent } from "../../shared/events/slack-event.ts";
import { log } from "../../shared/observability/log.ts";
import { postOnce } from "../../shared/slack/post-once.ts";
import type { MessageRef, SlackMessage } from "../../shared/slack/slack-message.ts";
import { updateMessage } from "../../shared/slack/update-message.ts";
import { processingKey } from "./processing-key.ts";
import type { ReplyTarget } from "./reply-target.ts";
import {
  beginTask,
  changeTask,
  claimTask,
  isUnderWay,
  LEASE_MS,
  renewTask,
  type TaskState,
} from "./task-state.ts";

/** How often whoever works on a task says that they still do. */
const RENEWAL_MS = LEASE_MS / 4;
/** How often, and how long, a second delivery looks whether the first one is done: longer than a lease lasts. */
const LOOK_MS = 500;
const PATIENCE_MS = 2 * LEASE_MS;

export interface Task<Progress> {
  /** What is done; also the type under which the message is remembered. */
  kind: string;
  event: SlackEvent;
  place: ReplyTarget;
  /** Said at once. */
  opening: SlackMessage;
  /** Said instead when another one of this kind is under way; without it, several may be. */
  busy?: SlackMessage;
  start: Progress;
}

export interface Work<Progress> {
  /** How far an earlier attempt came. */
  progress: Progress;
  /** Keeps how far this one is, for an attempt that has to go on after it. */
  keep(progress: Progress): Promise<void>;
  /** Changes the message meanwhile. */
  say(message: SlackMessage): Promise<void>;
}

/**
 * Does what takes too long for a transaction: says that it has begun, works, and changes the message to what came of it.
 *
 * However often the event is delivered, one delivery at a time works on it; the others wait for that one to end. A lease, renewed while there
 * is somebody to renew it, tells work from death; the next attempt goes on from what was kept.
 *
 * @param work returns what the message says in the end; may be begun again after it broke off
 * @throws what the work throws: the event is to be delivered again
 */
export async function longTask<Progress>(
  task: Task<Progress>,
  work: (work: Work<Progress>) => Promise<SlackMessage>,
) {
  const holder = randomUUID();
  await announce(task, holder);
  const state = await claim(task, holder);
  if (state) await carryOut(task, state, holder, work);
}

async function announce<Progress>(
  { kind, event, place, opening, busy, start }: Task<Progress>,
  holder: string,
) {
  await processOnce(processingKey(event, kind), async ({ tx, isRetry }) => {
    const taken = busy !== undefined && (await isUnderWay(tx, kind));
    const message = taken ? busy : opening;
    const placed = await postOnce(message, { ...place, event, part: "answer", isRetry });
    if (!taken) await beginTask(tx, { kind, eventId: event.id, placed, holder, progress: start });
  });
}

/** @returns undefined when there is nothing left to be done */
async function claim<Progress>(
  { kind, event }: Task<Progress>,
  holder: string,
): Promise<TaskState<Progress> | undefined> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const state = await claimTask<Progress>(kind, event.id, holder);
    if (!state || state.done) return undefined;
    if (state.holder === holder) return state;
    if (Date.now() > until) throw new Error(`Another delivery of ${event.id} is still being worked on`);
    await sleep(LOOK_MS);
  }
}

async function carryOut<Progress>(
  { event, place }: Task<Progress>,
  state: TaskState<Progress>,
  holder: string,
  work: (work: Work<Progress>) => Promise<SlackMessage>,
) {
  let at: MessageRef = state.placed;
  const say = async (message: SlackMessage) => {
    at = await updateMessage(at, message, {
      threadTs: place.threadTs,
      event,
      part: "answer",
      isRetry: false,
    });
  };
  const renewal = setInterval(() => {
    renewTask(state.id, holder).catch((error) => log("WARNING", "A lease was not renewed", { error }));
  }, RENEWAL_MS);
  try {
    const keep = (progress: Progress) => changeTask(state.id, at, { progress });
    await say(await work({ progress: state.progress, keep, say }));
    await changeTask(state.id, at, { done: true });
  } catch (error) {
    await changeTask(state.id, at, { leasedUntil: 0 });
    throw error;
  } finally {
    clearInterval(renewal);
  }
}
