import { database } from "../../shared/database/database.ts";
import { lastEndedDeploys, lastFinishedDeploy } from "../../shared/database/deploys.ts";
import { commitsBetween } from "../../shared/github/commits.ts";
import { isUnknownCommit } from "../../shared/github/installation-client.ts";
import { log } from "../../shared/observability/log.ts";
import { listTargets } from "../../shared/organization/deployment-targets.ts";
import type { Service } from "../../shared/organization/organization.ts";
import type { DeploymentHealth } from "./decide.ts";

/** Attempts that are read: thresholds above it are never passed, and the schema refuses them. */
const MAX_ATTEMPTS = 50;

/**
 * Reads what is known about a service's deployments, from Postgres and GitHub.
 *
 * @throws GitHub's errors, except for an unknown commit
 */
export async function readHealth(
  service: Service,
  services: Service[],
  now: Date,
): Promise<DeploymentHealth> {
  const targets = listTargets(service, services);
  const last = await lastFinishedDeploy(database(), targets);
  return {
    now,
    attempts: await lastEndedDeploys(database(), targets, MAX_ATTEMPTS),
    lastFinishedAt: last?.finishedAt ?? null,
    waiting: last?.sha ? await readWaiting(service, last.sha) : null,
  };
}

/** The commits of the branch that are newer than the live one. A commit waits since it was authored: GitHub's comparison has no time of the merge. */
async function readWaiting(
  { repository, branch }: Service,
  live: string,
): Promise<DeploymentHealth["waiting"]> {
  try {
    const commits = await commitsBetween(repository, live, branch);
    const times = commits.flatMap(({ authoredAt }) => (authoredAt === null ? [] : [Date.parse(authoredAt)]));
    return times.length > 0 ? { count: commits.length, oldestAt: new Date(Math.min(...times)) } : null;
  } catch (error) {
    if (!isUnknownCommit(error)) throw error;
    log("WARNING", "GitHub cannot compare the live commit with the branch", { repository, branch, live });
    return null;
  }
}
