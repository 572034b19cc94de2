import { type CommitDetails, relevantCommitDetails } from "../../shared/github/commits.ts";
import { isOnDeployedBranch } from "../../shared/github/is-on-deployed-branch.ts";
import type { BranchCheckRun } from "../../shared/github/required-check.ts";
import { log } from "../../shared/observability/log.ts";
import type { Service } from "../../shared/organization/organization.ts";
import { withDeadline } from "../../shared/with-deadline.ts";

/** An alert waits at most this long for GitHub, all requests together: they run at the same time. */
const ALERT_MS = 10_000;
/** Nothing else waits. With it, the waits for Slack fit into the function's timeout. */
const PATIENCE_MS = 40_000;

/** What GitHub returns in time about a commit. */
export interface GitHubAnswer {
  isOnBranch: boolean;
  /** null for a check that did not fail, for a commit that GitHub does not have, and if GitHub did not respond in time. */
  commit: CommitDetails | null;
  /** Waits longer for the commit, and asks again after a failure. @throws GitHub's errors, {DeadlineError} */
  lateCommit(): Promise<CommitDetails | null>;
}

/**
 * Asks GitHub about the commit of a check.
 *
 * For a failure GitHub gets 10 s; without a response the commit counts as on the branch: an alert too many is better than a missing one.
 * A pass waits longer, and then for the event's redelivery: nobody is alarmed by it, and a fork's pass must not mend the branch.
 *
 * @throws for a pass: GitHub's errors, {DeadlineError}
 */
export async function askGitHub(
  found: BranchCheckRun,
  service: Service,
  github = { isOnDeployedBranch, relevantCommitDetails },
): Promise<GitHubAnswer> {
  const { verdict } = found;
  const sha = found.run.headSha;
  if (verdict === null) return { isOnBranch: true, commit: null, lateCommit: async () => null };
  const containment = github.isOnDeployedBranch(found, service);
  if (verdict === "passed")
    return {
      isOnBranch: await withDeadline(containment, PATIENCE_MS),
      commit: null,
      lateCommit: async () => null,
    };
  const details = github.relevantCommitDetails(sha, service);
  const ask = <T, Fallback>(work: Promise<T>, fallback: Fallback) =>
    withDeadline(work, ALERT_MS).catch((error: unknown) => {
      log("WARNING", "GitHub did not respond before an alert", { sha, error });
      return fallback;
    });
  const [isOnBranch, commit] = await Promise.all([ask(containment, true), ask(details, null)]);
  const lateCommit = () =>
    withDeadline(
      details.catch(() => github.relevantCommitDetails(sha, service)),
      PATIENCE_MS,
    );
  return { isOnBranch, commit, lateCommit };
}
