import type { Incident } from "../../shared/events/incident.ts";
import { containsCommit } from "../../shared/github/commits.ts";
import type { LinkedDeployment } from "../../shared/incidents/incident-state.ts";
import { log } from "../../shared/observability/log.ts";
import type { Service } from "../../shared/organization/organization.ts";
import { withDeadline } from "../../shared/with-deadline.ts";

/** GitHub is asked about at most this many deployments: an incident of an older one is linked by its time. */
const MAX_COMPARED = 8;
/** The message waits at most this long for GitHub. */
const PATIENCE_MS = 10_000;

/**
 * Finds the deployment that brought a commit to production, which need not be the deployed commit itself: the oldest one that contains it.
 *
 * @param deployments finished ones of the service, the last one first
 * @returns null if the last one does not contain the commit, if all of the compared ones do, and if GitHub does not respond in time
 */
export async function findShipping(
  { sha }: Pick<Incident, "sha">,
  service: Pick<Service, "repository"> | undefined,
  deployments: LinkedDeployment[],
  contains = containsCommit,
): Promise<LinkedDeployment | null> {
  if (sha === null || !service || deployments.some((one) => one.sha?.startsWith(sha))) return null;
  try {
    return await withDeadline(
      search(sha, service.repository, deployments.slice(0, MAX_COMPARED), contains),
      PATIENCE_MS,
    );
  } catch (error) {
    log("WARNING", "GitHub did not say which deployment shipped the commit of an incident", { sha, error });
    return null;
  }
}

async function search(
  sha: string,
  repository: string,
  deployments: LinkedDeployment[],
  contains: typeof containsCommit,
): Promise<LinkedDeployment | null> {
  let oldest: LinkedDeployment | null = null;
  for (const one of deployments) {
    if (!one.sha || !(await contains(repository, one.sha, sha))) return oldest;
    oldest = one;
  }
  return null;
}
