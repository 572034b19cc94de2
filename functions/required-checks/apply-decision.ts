import type { Config } from "../../shared/config.ts";
import type { Attempt } from "../../shared/database/process-once.ts";
import { changeRemembered, rememberMessage } from "../../shared/database/slack-messages.ts";
import type { Event } from "../../shared/events/event.ts";
import type { CommitDetails } from "../../shared/github/commits.ts";
import { log } from "../../shared/observability/log.ts";
import { postOnce, updateMessage } from "../../shared/slack/slack-message.ts";
import type { Decision, FirstFailure, StatusChange } from "./decide.ts";
import { type Failure, REQUIRED_CHECK } from "./failure.ts";
import { failureMessage, jobsMessage, passingAgainMessage } from "./messages.ts";
import type { RequiredCheck } from "./required-check.ts";

export interface DecisionContext extends Attempt {
  event: Pick<Event, "id" | "receivedAt">;
  check: RequiredCheck;
  /** null for a check that passed, and if GitHub did not return the commit. */
  commit: CommitDetails | null;
  config: Config;
}

/** Posts and redraws the messages of a decision, and stores them. */
export async function applyDecision(decision: Decision, context: DecisionContext) {
  switch (decision.kind) {
    case "nothing":
      return log("INFO", "A required check changes nothing", {
        event: context.event.id,
        because: decision.because,
      });
    case "first-failure":
      return postToChannel(context);
    case "further-failure":
      return postToThread(context, decision.first);
    case "passing":
      for (const change of decision.changes) await redraw(context, change);
      if (decision.thread) await postPassingAgain(context, decision.thread);
  }
}

async function postToChannel(context: DecisionContext) {
  const failure = toFailure(context, null);
  const { event, isRetry, tx, check, config } = context;
  const posting = { channel: config.requiredCheck.channel, event, isRetry };
  const posted = await postOnce(failureMessage(failure), { ...posting, part: "failure" });
  await rememberMessage(tx, { ...posted, type: REQUIRED_CHECK, ref: check.sha, context: failure });
  if (check.jobs.length === 0) return;
  const thread = { channel: posted.channel, threadTs: posted.ts };
  await postOnce(jobsMessage(check.jobs), { ...posting, ...thread, part: "jobs" });
}

async function postToThread(context: DecisionContext, { sha, channel, threadTs }: FirstFailure) {
  const failure = toFailure(context, { sha, threadTs });
  const { event, isRetry, tx, check } = context;
  const posting = { channel, threadTs, event, isRetry, part: "failure" };
  const posted = await postOnce(failureMessage(failure), posting);
  await rememberMessage(tx, { ...posted, type: REQUIRED_CHECK, ref: check.sha, context: failure });
}

async function redraw({ event, isRetry, tx }: DecisionContext, { failure, status }: StatusChange) {
  const context = { ...failure.context, status };
  const posting = { threadTs: context.after?.threadTs, event, isRetry, part: `${status} ${context.sha}` };
  const ref = { channel: failure.channel, ts: failure.ts };
  const posted = await updateMessage(ref, failureMessage(context), posting);
  await changeRemembered(tx, failure.id, { ...posted, context });
}

async function postPassingAgain(
  { event, isRetry, check }: DecisionContext,
  { channel, threadTs }: FirstFailure,
) {
  const message = passingAgainMessage(check.repository, check.branch, check.sha);
  await postOnce(message, { channel, threadTs, event, isRetry, part: "passing-again" });
}

function toFailure({ check, commit }: DecisionContext, after: Failure["after"]): Failure {
  const { repository, branch, sha, url, startedAt, completedAt } = check;
  return { status: "failing", repository, branch, sha, url, startedAt, completedAt, commit, after };
}
