import { readConfig } from "../../shared/config.ts";
import { processOnce } from "../../shared/database/process-once.ts";
import { relevantCommitDetails } from "../../shared/github/commits.ts";
import { log } from "../../shared/observability/log.ts";
import { defineSubscriber } from "../../shared/pubsub/define-subscriber.ts";
import { applyDecision } from "./apply-decision.ts";
import { readHistory, rememberPass } from "./check-history.ts";
import { decide } from "./decide.ts";
import { type RequiredCheck, readRequiredCheck } from "./required-check.ts";

const subscriber = "required-checks";
const config = readConfig(process.env);

defineSubscriber(subscriber, async (event) => {
  const check = readRequiredCheck(event, config);
  if (!check) return log("DEBUG", "No message: not a completed required check of the deployed branch");
  const commit = await readFailingCommit(check);
  const lock = `${subscriber} ${check.repository}@${check.branch}`;
  await processOnce({ subscriber, event, lock }, async ({ tx, isRetry }) => {
    if (check.passed) await rememberPass(tx, check);
    const decision = decide(check, await readHistory(tx, check));
    await applyDecision(decision, { tx, isRetry, event, check, commit, config });
  });
});

/** Runs before the lock is taken. The failure is posted even if GitHub does not return the commit. */
async function readFailingCommit({ passed, sha }: RequiredCheck) {
  if (passed) return null;
  try {
    return await relevantCommitDetails(sha, config.deploy);
  } catch (error) {
    log("WARNING", "GitHub did not return the details of a failing commit", { sha, error });
    return null;
  }
}
