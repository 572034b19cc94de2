import type { Connection } from "../../shared/database/database.ts";
import { type Deploy, deploysInProgress, lastFinishedDeploy } from "../../shared/database/deploys.ts";
import { containsCommit } from "../../shared/github/commits.ts";
import type { Service } from "../../shared/organization/organization.ts";
import { targetsOf } from "../../shared/organization/services.ts";

/** The production deploys that may contain a commit: the last finished one, then those in progress, newest first. */
export async function readCandidates(db: Connection, service: Service): Promise<Deploy[]> {
  const candidates: Deploy[] = [];
  for (const target of targetsOf(service)) {
    const last = await lastFinishedDeploy(db, target);
    candidates.push(...(last ? [last] : []), ...(await deploysInProgress(db, target)));
  }
  return candidates;
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
