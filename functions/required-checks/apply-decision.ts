import { z } from "zod";
import type { Attempt } from "../../shared/database/process-once.ts";
import type { Event } from "../../shared/events/event.ts";
import type { CommitDetails } from "../../shared/github/commits.ts";
import { log } from "../../shared/observability/log.ts";
import { isRefusedContent } from "../../shared/slack/call-slack.ts";
import {
  findPosted,
  type MessageRef,
  type Posting,
  postOnce,
  updateMessage,
} from "../../shared/slack/slack-message.ts";
import type { Annotation } from "./annotations.ts";
import { type Decision, toFirst } from "./decide.ts";
import { changeFailure, type Failure, insertFailure, readFailingChecks, readFailure } from "./failure.ts";
import { annotationsMessage, failureMessage, jobsMessage, passingAgainMessage } from "./messages.ts";
import { isNotYetStarted, type RequiredCheck } from "./required-check.ts";
import type { Watch } from "./watch.ts";

/** What is to be done in Slack, as the database stores it until the event is done. Numbers are ids of failures. */
export const action = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("nothing"), because: z.string() }),
  z.object({ kind: z.literal("wait"), since: z.string() }),
  z.object({ kind: z.literal("post"), failure: z.number() }),
  z.object({ kind: z.literal("redraw"), failures: z.array(z.number()), thread: z.number().nullable() }),
]);
export type Action = z.infer<typeof action>;

export interface Cause {
  event: Pick<Event, "id" | "receivedAt">;
  check: RequiredCheck;
  /** null for a check that passed, and if GitHub did not return it in time. */
  commit: CommitDetails | null;
  watch: Watch;
  /** Tells apart the keys of the channels that one event alerts; empty for the first. */
  suffix: string;
}

type Transaction = Attempt["tx"];
type WatchedAttempt = Attempt & { watch: Watch };

/** Stores the state that the messages are to show. It is committed before Slack is called, so a later decision knows of it. */
export async function applyDecision(tx: Transaction, decision: Decision, cause: Cause): Promise<Action> {
  switch (decision.kind) {
    case "nothing":
    case "wait":
      return decision;
    case "unposted-failure":
      return { kind: "post", failure: decision.failure };
    case "new-failure":
      return { kind: "post", failure: await insertFailure(tx, toFailure(decision.first, cause)) };
    case "passing":
      for (const { failure, status } of decision.changes) await changeFailure(tx, failure, { status });
      return {
        kind: "redraw",
        failures: await withFirst(
          tx,
          decision.changes.map(({ failure }) => failure),
        ),
        thread: decision.thread,
      };
  }
}

/** Adds the first failures of the threads, whose messages list the checks that still fail. */
async function withFirst(tx: Transaction, ids: number[]): Promise<number[]> {
  const all = new Set(ids);
  for (const id of ids) {
    const failure = await readFailure(tx, id);
    if (failure) all.add(toFirst(failure));
  }
  return [...all];
}

function toFailure(firstFailureId: number | null, { event, check, commit, watch }: Cause) {
  const { repository, branch, name, sha, url, completedAt, jobs } = check;
  return {
    ...{ repository, branch, sha, url, completedAt, commit, firstFailureId },
    checkName: name,
    service: watch.service.name,
    configuredChannel: watch.channel,
    jobsMissing: isNotYetStarted(jobs),
    channel: watch.channel,
    eventId: event.id,
    receivedAt: new Date(event.receivedAt),
  };
}

/** Posts or redraws messages, under the lock of the branch. */
export async function carryOut(work: Action, { event, check, watch }: Omit<Cause, "commit">, begun: Attempt) {
  const attempt = { ...begun, watch };
  switch (work.kind) {
    case "nothing":
      return log("INFO", "A required check changes nothing", { event: event.id, because: work.because });
    case "wait":
      return;
    case "post":
      await postFailure(attempt, work.failure, event);
      return redrawFirst(attempt, work.failure, event);
    case "redraw": {
      for (const id of work.failures) await redraw(attempt, id, event);
      const first = work.thread === null ? undefined : await readFailure(attempt.tx, work.thread);
      if (!first?.ts) return;
      const { repository, branch, sha } = check;
      const { isRetry } = attempt;
      const posting = { channel: first.channel, threadTs: first.ts, event, isRetry, part: "passing-again" };
      await postOnce(passingAgainMessage(repository, branch, sha), posting);
    }
  }
}

/** The message in the channel lists the failing checks: one that fails in its thread is added. */
async function redrawFirst(attempt: WatchedAttempt, id: number, event: Posting["event"]) {
  const failure = await readFailure(attempt.tx, id);
  if (!failure || failure.firstFailureId === null || attempt.watch.checks.length < 2) return;
  await redraw(attempt, failure.firstFailureId, event);
}

/** Names of the failing checks that a message lists; none if the branch has one required check. */
async function listChecks({ tx, watch }: WatchedAttempt, failure: Failure): Promise<string[]> {
  if (watch.checks.length < 2) return [];
  if (failure.firstFailureId === null) return readFailingChecks(tx, failure.id, watch);
  return failure.status === "failing" ? [failure.checkName] : [];
}

/**
 * Posts the message about a failure unless it is there. If the branch has passed since, only a message that is there already is redrawn.
 *
 * @param event the one that is handled; the failure may belong to another one, whose attempt may have posted the message
 * @returns null if it is not posted
 */
async function postFailure(
  attempt: WatchedAttempt,
  id: number,
  event: Posting["event"],
): Promise<MessageRef | null> {
  const { tx, isRetry } = attempt;
  const failure = await readFailure(tx, id);
  if (!failure) return null;
  if (failure.ts !== null) return { channel: failure.channel, ts: failure.ts };
  const { first, posting } = await findPlace(attempt, failure, event);
  const mayBePosted = isRetry || failure.eventId !== event.id;
  const found = mayBePosted ? await findPosted(posting) : undefined;
  if (!found && failure.status !== "failing") {
    log("INFO", "A failure is not posted, because the branch has passed since", { sha: failure.sha });
    return null;
  }
  const checks = await listChecks(attempt, failure);
  const posted = found
    ? await updateMessage(found, failureMessage(toShown(attempt, failure), first, checks), posting)
    : await postWithCommit(toShown(attempt, failure), first, checks, posting);
  await changeFailure(tx, id, posted);
  return posted;
}

/** The conversation of a failure's message. If its thread belongs to a failure that was never posted, that one is posted first. */
async function findPlace(
  attempt: WatchedAttempt,
  failure: Failure,
  event: Posting["event"],
): Promise<{ first: Failure | null; posting: Posting }> {
  const own = { id: failure.eventId, receivedAt: failure.receivedAt.toISOString() };
  const inChannel = { channel: failure.channel, event: own, isRetry: false, part: "failure" };
  if (failure.firstFailureId === null) return { first: null, posting: inChannel };
  const thread = await postFailure(attempt, failure.firstFailureId, event);
  const first = await readFailure(attempt.tx, failure.firstFailureId);
  if (!thread || !first) return { first: null, posting: inChannel };
  return { first, posting: { ...inChannel, channel: thread.channel, threadTs: thread.ts } };
}

function toShown({ watch }: WatchedAttempt, failure: Failure): Failure & { service: string } {
  return { ...failure, service: watch.service.name };
}

async function postWithCommit(
  failure: Failure & { service: string },
  first: Failure | null,
  checks: string[],
  posting: Posting,
) {
  try {
    return await postOnce(failureMessage(failure, first, checks), posting);
  } catch (error) {
    if (!isRefusedContent(error)) throw error;
    log("ERROR", "Slack refuses the details of a failing commit", { sha: failure.sha, error });
    return postOnce(failureMessage({ ...failure, commit: null }, first, checks), posting);
  }
}

/** Shows the stored state of a failure, which may be newer than the event. A message that is not there is posted only by its own event. */
async function redraw(attempt: WatchedAttempt, id: number, event: Posting["event"]) {
  const { tx, isRetry } = attempt;
  const failure = await readFailure(tx, id);
  if (!failure) return;
  if (failure.ts === null) return void (await postFailure(attempt, id, event));
  const { first, posting } = await findPlace(attempt, failure, event);
  const current = { channel: failure.channel, ts: failure.ts };
  const part = `${failure.status} ${failure.sha}`;
  const checks = await listChecks(attempt, failure);
  const shown = await updateMessage(current, failureMessage(toShown(attempt, failure), first, checks), {
    ...posting,
    event,
    isRetry,
    part,
  });
  if (shown.ts !== current.ts) await changeFailure(tx, id, shown);
}

/** Lists the jobs of a check in the thread of its failure. A list that Slack refuses is given up. */
export async function postJobs(
  { tx, isRetry }: Attempt,
  id: number,
  { event, check }: Pick<Cause, "event" | "check">,
) {
  const failure = await readFailure(tx, id);
  if (!failure?.ts || failure.firstFailureId !== null) return;
  const posting = { channel: failure.channel, threadTs: failure.ts, event, isRetry, part: "jobs" };
  try {
    await postOnce(jobsMessage(check.jobs), posting);
  } catch (error) {
    if (!isRefusedContent(error)) throw error;
    log("ERROR", "Slack refuses the list of a check's jobs", { sha: check.sha, error });
  }
}

/** Lists the annotations of a failed check in the thread of its failure. A list that Slack refuses is given up. */
export async function postAnnotations(
  { tx, isRetry }: Attempt,
  id: number,
  { event, check }: Pick<Cause, "event" | "check">,
  annotations: Annotation[],
) {
  const failure = await readFailure(tx, id);
  if (!failure?.ts) return;
  const first = failure.firstFailureId === null ? failure : await readFailure(tx, failure.firstFailureId);
  if (!first?.ts) return;
  const posting = { channel: first.channel, threadTs: first.ts, event, isRetry, part: "annotations" };
  try {
    await postOnce(annotationsMessage(check.repository, check.sha, annotations), posting);
  } catch (error) {
    if (!isRefusedContent(error)) throw error;
    log("ERROR", "Slack refuses the annotations of a check", { sha: check.sha, error });
  }
}

/** Adds the commit's details to the message of its failure. Details that Slack refuses are given up. */
export async function showCommit(
  begun: Attempt,
  id: number,
  { event, commit, watch }: Pick<Cause, "event" | "watch"> & { commit: CommitDetails },
) {
  const attempt = { ...begun, watch };
  await changeFailure(attempt.tx, id, { commit });
  try {
    await redraw(attempt, id, event);
  } catch (error) {
    if (!isRefusedContent(error)) throw error;
    log("ERROR", "Slack refuses the details of a failing commit", { sha: commit.sha, error });
    await changeFailure(attempt.tx, id, { commit: null });
  }
}
