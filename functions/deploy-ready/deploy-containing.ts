import type { Config } from "../../shared/config.ts";
import type { Transaction } from "../../shared/database/database.ts";
import { type Deploy, deploysInProgress, lastFinishedDeploy } from "../../shared/database/deploys.ts";
import { containsCommit } from "../../shared/github/commits.ts";

/**
 * Finds the production deploy that contains a commit: the last finished one, otherwise the newest one in progress.
 *
 * @throws GitHub's errors
 */
export async function deployContaining(
  tx: Transaction,
  sha: string,
  deploy: Config["deploy"],
): Promise<Deploy | undefined> {
  const last = await lastFinishedDeploy(tx, deploy);
  const candidates = [...(last ? [last] : []), ...(await deploysInProgress(tx, deploy))];
  for (const candidate of candidates) {
    if (candidate.sha && (await containsCommit(deploy.repository, candidate.sha, sha))) return candidate;
  }
  return undefined;
}
