import { readConfig } from "../../shared/config.ts";
import { database } from "../../shared/database/database.ts";
import { decideOnce, processOnce } from "../../shared/database/process-once.ts";
import { readRequiredCheckRun } from "../../shared/github/required-check.ts";
import { log } from "../../shared/observability/log.ts";
import { defineSubscriber, RedeliverLater } from "../../shared/pubsub/define-subscriber.ts";
import { action, applyDecision, type Cause, carryOut, postJobs, showCommit } from "./apply-decision.ts";
import { askGitHub, type GitHubAnswer } from "./ask-github.ts";
import { readHistory, rememberRun } from "./check-history.ts";
import { decide } from "./decide.ts";
import { readFailure } from "./failure.ts";
import { toRequiredCheck } from "./required-check.ts";

const subscriber = "required-checks";
const config = readConfig(process.env);

defineSubscriber(subscriber, async (event) => {
  const found = readRequiredCheckRun(event, config);
  if (!found) return log("DEBUG", "No message: not a completed required check of the deployed branch");
  const [service] = found.services;
  const check = toRequiredCheck(event, found, service);
  // No lock is held while GitHub is asked.
  const github = await askGitHub(found, service);
  if (!github.isOnBranch)
    return log("INFO", "A required check is not about a commit of the branch", { sha: check.sha });
  const cause: Cause = { event, check, commit: github.commit, service };
  const key = { subscriber, event, lock: `${subscriber} ${check.repository}@${check.branch}` };
  const work = await decideOnce(key, action, async (tx, earlier) => {
    if (earlier && earlier.kind !== "wait") return earlier;
    await rememberRun(tx, check);
    const clock = { since: earlier?.since ?? event.receivedAt, now: Date.now() };
    return applyDecision(tx, decide(check, await readHistory(tx, check), clock), cause);
  });
  if (!work) return;
  if (work.kind === "wait") throw new RedeliverLater("most jobs of a required check have not started yet");
  await processOnce(key, (attempt) => carryOut(work, cause, attempt));
  if (work.kind === "post") await addDetails(work.failure, cause, github);
});

/** Completes an alert that is posted and stored. A failure of this is retried, and does not undo the alert. */
async function addDetails(failure: number, cause: Cause, { lateCommit }: GitHubAnswer) {
  const { event, check } = cause;
  const keyOf = (part: string, lock: string) => ({
    subscriber,
    event: { id: `${event.id} ${part}` },
    lock: `${subscriber} ${lock}`,
  });
  if (check.jobs.length > 0)
    await processOnce(keyOf("jobs", `jobs ${check.sha}`), (attempt) => postJobs(attempt, failure, cause));
  const stored = await readFailure(database(), failure);
  if (!stored?.ts || stored.commit) return;
  const commit = await lateCommit();
  if (!commit) return;
  // A redraw holds the branch's lock: an event that changes the status at the same time draws the same message.
  await processOnce(keyOf("details", `${check.repository}@${check.branch}`), (attempt) =>
    showCommit(attempt, failure, { event, commit }),
  );
}
