import { readConfig } from "../../shared/config.ts";
import { processOnce } from "../../shared/database/process-once.ts";
import { relevantCommitDetails } from "../../shared/github/commit-details.ts";
import { log } from "../../shared/observability/log.ts";
import { defineSubscriber } from "../../shared/pubsub/define-subscriber.ts";
import { applyDecision } from "./apply-decision.ts";
import { readHistory, rememberPass } from "./check-history.ts";
import { decide } from "./decide.ts";
import { type RequiredCheck, requiredCheckOf } from "./required-check-of.ts";

const subscriber = "required-checks";
const config = readConfig(process.env);

defineSubscriber(subscriber, async (event) => {
  const check = requiredCheckOf(event, config);
  if (!check) return;
  const commit = await failingCommit(check);
  const lock = `${subscriber} ${check.repository}@${check.branch}`;
  await processOnce({ subscriber, event, lock }, async ({ tx, isRetry }) => {
    if (check.passed) await rememberPass(tx, check);
    const decision = decide(check, await readHistory(tx, check));
    await applyDecision(decision, { tx, isRetry, event, check, commit, config });
  });
});

/** Read before the lock is taken. That the branch is red has to be said even when GitHub cannot say what broke it. */
async function failingCommit({ passed, sha }: RequiredCheck) {
  if (passed) return null;
  try {
    return await relevantCommitDetails(sha, config.deploy);
  } catch (error) {
    log("WARNING", "GitHub does not say what a failing commit is", { sha, error });
    return null;
  }
}
