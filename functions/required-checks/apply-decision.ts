import type { Config } from "../../shared/config.ts";
import type { Attempt } from "../../shared/database/process-once.ts";
import { changeRemembered, rememberMessage } from "../../shared/database/slack-messages.ts";
import type { Event } from "../../shared/events/event.ts";
import type { CommitDetails } from "../../shared/github/commit-details.ts";
import { log } from "../../shared/observability/log.ts";
import { postOnce } from "../../shared/slack/post-once.ts";
import { updateMessage } from "../../shared/slack/update-message.ts";
import type { Decision, FirstFailure, StatusChange } from "./decide.ts";
import { type Failure, REQUIRED_CHECK } from "./failure.ts";
import { failureMessage, passingAgainMessage } from "./failure-message.ts";
import { jobsMessage } from "./jobs-message.ts";
import type { RequiredCheck } from "./required-check-of.ts";

export interface DecisionContext extends Attempt {
  event: Pick<Event, "id" | "receivedAt">;
  check: RequiredCheck;
  /** Of a check that failed. */
  commit: CommitDetails | null;
  config: Config;
}

/** Says in Slack what was decided, and remembers it. */
export async function applyDecision(decision: Decision, occasion: DecisionContext) {
  switch (decision.kind) {
    case "nothing":
      return log("INFO", "Nothing to say about a required check", {
        event: occasion.event.id,
        because: decision.because,
      });
    case "first-failure":
      return tellChannel(occasion);
    case "further-failure":
      return tellThread(occasion, decision.first);
    case "passing":
      for (const change of decision.changes) await redraw(occasion, change);
      if (decision.thread) await tellPassing(occasion, decision.thread);
  }
}

async function tellChannel(occasion: DecisionContext) {
  const { channel } = occasion.config.requiredCheck;
  const failure = failureOf(occasion, null);
  const { event, isRetry, tx, check } = occasion;
  const posted = await postOnce(failureMessage(failure), { channel, event, isRetry, part: "failure" });
  await rememberMessage(tx, { ...posted, type: REQUIRED_CHECK, ref: check.sha, context: failure });
  if (check.jobs.length === 0) return;
  await postOnce(jobsMessage(check.jobs), {
    channel: posted.channel,
    threadTs: posted.ts,
    event,
    isRetry,
    part: "jobs",
  });
}

async function tellThread(occasion: DecisionContext, { sha, channel, threadTs }: FirstFailure) {
  const failure = failureOf(occasion, { sha, threadTs });
  const { event, isRetry, tx, check } = occasion;
  const posted = await postOnce(failureMessage(failure), {
    channel,
    threadTs,
    event,
    isRetry,
    part: "failure",
  });
  await rememberMessage(tx, { ...posted, type: REQUIRED_CHECK, ref: check.sha, context: failure });
}

async function redraw({ event, isRetry, tx }: DecisionContext, { failure, status }: StatusChange) {
  const context = { ...failure.context, status };
  const placed = await updateMessage({ channel: failure.channel, ts: failure.ts }, failureMessage(context), {
    threadTs: context.after?.threadTs,
    event,
    isRetry,
    part: `${status} ${context.sha}`,
  });
  await changeRemembered(tx, failure.id, { ...placed, context });
}

async function tellPassing({ event, isRetry, check }: DecisionContext, { channel, threadTs }: FirstFailure) {
  const message = passingAgainMessage(check.repository, check.branch, check.sha);
  await postOnce(message, { channel, threadTs, event, isRetry, part: "passing-again" });
}

function failureOf({ check, commit }: DecisionContext, after: Failure["after"]): Failure {
  const { repository, branch, sha, url, startedAt, completedAt } = check;
  return { status: "failing", repository, branch, sha, url, startedAt, completedAt, commit, after };
}
