import type { Config } from "../../shared/config.ts";
import type { Connection } from "../../shared/database/database.ts";
import { type Deploy, deploysInProgress, lastFinishedDeploy } from "../../shared/database/deploys.ts";
import { containsCommit } from "../../shared/github/commits.ts";

/** The production deploys that may contain a commit: the last finished one, then those in progress, newest first. */
export async function readCandidates(db: Connection, deploy: Config["deploy"]): Promise<Deploy[]> {
  const last = await lastFinishedDeploy(db, deploy);
  return [...(last ? [last] : []), ...(await deploysInProgress(db, deploy))];
}

/**
 * Finds the first of some deploys that contains a commit.
 *
 * @throws GitHub's errors
 */
export async function findContaining(
  candidates: Deploy[],
  sha: string,
  repository: string,
): Promise<Deploy | undefined> {
  for (const candidate of candidates) {
    if (candidate.sha && (await containsCommit(repository, candidate.sha, sha))) return candidate;
  }
  return undefined;
}
