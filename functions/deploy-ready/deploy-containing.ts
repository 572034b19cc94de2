import type { Connection } from "../../shared/database/database.ts";
import { type Deploy, deploysInProgress, lastFinishedDeploy } from "../../shared/database/deploys.ts";
import { containsCommit } from "../../shared/github/commits.ts";
import type { Target } from "../../shared/organization/deployment-targets.ts";

/** The deployments to production that may contain a commit: the last finished one, then those in progress, newest first. */
export async function readCandidates(db: Connection, targets: Target[]): Promise<Deploy[]> {
  const last = await lastFinishedDeploy(db, targets);
  return [...(last ? [last] : []), ...(await deploysInProgress(db, targets))];
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
