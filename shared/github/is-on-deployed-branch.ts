import type { Service } from "../organization/organization.ts";
import { isOnBranch } from "./commits.ts";
import type { BranchCheckRun } from "./required-check.ts";

/**
 * Whether the commit of a run is on the deployed branch. GitHub names a run's branch without its repository: the branch of a fork may
 * have the same name. https://docs.github.com/webhooks/webhook-events-and-payloads#check_run
 *
 * @throws GitHub's errors
 */
export async function isOnDeployedBranch(
  { run, isFromFork }: BranchCheckRun,
  { repository, branch }: Pick<Service, "repository" | "branch">,
): Promise<boolean> {
  return !isFromFork && (await isOnBranch(repository, branch, run.headSha));
}
