import type { Config } from "../../shared/config.ts";
import type { Transaction } from "../../shared/database/database.ts";
import { type Deploy, deploysInProgress, lastFinishedDeploy } from "../../shared/database/deploys.ts";
import { containsCommit } from "../../shared/github/compare-commits.ts";

/**
 * The production deploy that has brought a commit along, or is about to: the last one that finished, else the newest one under way.
 *
 * @throws what GitHub answers when it cannot be known at the moment
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
