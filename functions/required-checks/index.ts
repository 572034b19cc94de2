import { readConfig } from "../../shared/config.ts";
import { database } from "../../shared/database/database.ts";
import { decideOnce, processOnce } from "../../shared/database/process-once.ts";
import type { Event } from "../../shared/events/event.ts";
import { refreshBranchRules, requiredChecksOf } from "../../shared/github/branch-rules.ts";
import type { BranchCheckRun } from "../../shared/github/required-check.ts";
import { log } from "../../shared/observability/log.ts";
import { defineSubscriber, RedeliverLater } from "../../shared/pubsub/define-subscriber.ts";
import { isIrrelevant, logIrrelevant } from "../../shared/pubsub/irrelevant.ts";
import { type Annotation, listFailedRuns, readAnnotations } from "./annotations.ts";
import {
  action,
  applyDecision,
  type Cause,
  carryOut,
  postAnnotations,
  postJobs,
  showCommit,
} from "./apply-decision.ts";
import { askGitHub, type GitHubAnswer } from "./ask-github.ts";
import { readHistory, rememberRun } from "./check-history.ts";
import { decide } from "./decide.ts";
import { readFailure } from "./failure.ts";
import { tellQueueAuthor } from "./merge-queue.ts";
import { NOT_REQUIRED, readRelevant } from "./read-relevant.ts";
import { type RequiredCheck, toRequiredCheck } from "./required-check.ts";
import { listAffected } from "./rule-change.ts";
import { groupByChannel, type Watch } from "./watch.ts";

const subscriber = "required-checks";
const config = readConfig(process.env);

defineSubscriber(subscriber, async (event) => {
  for (const service of listAffected(event, config.services)) await refreshBranchRules(service);
  const relevant = readRelevant(event, config.services);
  if (isIrrelevant(relevant)) return logIrrelevant(relevant);
  if ("queued" in relevant) return tellQueueAuthor(event, relevant.queued, config);
  const { found } = relevant;
  const watches = await findWatches(found);
  if (watches.length === 0) return logIrrelevant(NOT_REQUIRED);
  // No lock is held while GitHub is asked.
  const github = await askGitHub(found, watches[0]?.service ?? found.services[0]);
  if (!github.isOnBranch) return storeOffBranch(event, found);
  for (const [index, watch] of watches.entries()) {
    // The first channel's key is the event's own id, as in releases that knew one channel.
    const suffix = index === 0 ? "" : ` ${watch.channel}`;
    await handleRun(event, found, watch, github, suffix);
  }
});

/** Stores the reason: the event alone does not tell it. */
async function storeOffBranch(event: Event, { run }: BranchCheckRun) {
  log("INFO", "A required check is not about a commit of the branch", { sha: run.headSha });
  const key = { subscriber, event, lock: `${subscriber} ${event.id}` };
  const nothing = { kind: "nothing", because: "its commit is not on the branch" } as const;
  await decideOnce(key, action, async (_tx, earlier) => earlier ?? nothing);
  await processOnce(key, async () => {});
}

/** The channels for which the check counts. */
async function findWatches({ services, run }: BranchCheckRun): Promise<Watch[]> {
  const required = services.map(async (service) => ({ service, checks: await requiredChecksOf(service) }));
  return groupByChannel(await Promise.all(required), run.name);
}

async function handleRun(
  event: Event,
  found: BranchCheckRun,
  watch: Watch,
  github: GitHubAnswer,
  suffix: string,
) {
  const check = toRequiredCheck(event, found, watch);
  const cause: Cause = { event, check, commit: github.commit, watch, suffix };
  const lock = `${subscriber} ${check.repository}@${check.branch}`;
  const key = { subscriber, event: { id: `${event.id}${suffix}` }, lock };
  const work = await decideOnce(key, action, async (tx, earlier) => {
    if (earlier && earlier.kind !== "wait") return earlier;
    await rememberRun(tx, check);
    const clock = { since: earlier?.since ?? event.receivedAt, now: Date.now() };
    return applyDecision(tx, decide(check, await readHistory(tx, check, watch), clock), cause);
  });
  if (!work) return;
  if (work.kind === "wait") throw new RedeliverLater("most jobs of a required check have not started yet");
  await processOnce(key, (attempt) => carryOut(work, cause, attempt));
  if (work.kind === "post")
    await addDetails(work.failure, cause, github, found.kind === "status" ? null : found.run.id);
}

/** Completes an alert that is posted and stored. A failure of this is retried, and does not undo the alert. */
async function addDetails(failure: number, cause: Cause, { lateCommit }: GitHubAnswer, runId: number | null) {
  const { event, check, watch, suffix } = cause;
  const keyOf = (part: string, lock: string) => ({
    subscriber,
    event: { id: `${event.id} ${part}${suffix}` },
    lock: `${subscriber} ${lock}`,
  });
  if (check.jobs.length > 0)
    await processOnce(keyOf("jobs", `jobs ${check.sha}`), (attempt) => postJobs(attempt, failure, cause));
  const annotated = keyOf("annotations", `annotations ${check.sha}`);
  const annotations = runId === null ? [] : await findAnnotations(check, runId);
  if (annotations.length > 0)
    await processOnce(annotated, (attempt) => postAnnotations(attempt, failure, cause, annotations));
  const stored = await readFailure(database(), failure);
  if (!stored?.ts || stored.commit) return;
  const commit = await lateCommit();
  if (!commit) return;
  // A redraw holds the branch's lock: an event that changes the status at the same time draws the same message.
  await processOnce(keyOf("details", `${check.repository}@${check.branch}`), (attempt) =>
    showCommit(attempt, failure, { event, commit, watch }),
  );
}

/** Annotations are an extra: without a response from GitHub there are none. */
async function findAnnotations(check: RequiredCheck, runId: number): Promise<Annotation[]> {
  try {
    return await readAnnotations(check.repository, listFailedRuns(check, runId));
  } catch (error) {
    log("WARNING", "GitHub does not return the annotations of a check", { sha: check.sha, error });
    return [];
  }
}
