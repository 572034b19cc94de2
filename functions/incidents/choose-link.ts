import {
  type IncidentState,
  type LinkedDeployment,
  type LinkReason,
  linkReason,
} from "../../shared/incidents/incident-state.ts";

const HOUR_MS = 3_600_000;
/** git shortens a sha to at least this length. */
const MIN_SHA = 7;

export interface Link {
  deployment: LinkedDeployment | null;
  linkReason: LinkReason;
}

/**
 * Chooses the deployment that an incident is linked to: the one that it names by id, commit or release, else the last one that finished
 * before it opened, within the window. A link is replaced only by one with a stronger reason, and never after it was removed.
 *
 * @param deployments finished ones of the service, in any order
 * @param shippedBy the deployment that GitHub says shipped the commit which the incident names; null if there is none
 */
export function chooseLink(
  state: IncidentState,
  deployments: LinkedDeployment[],
  linkWithinHours: number,
  shippedBy: LinkedDeployment | null = null,
): Link {
  const current = { deployment: state.deployment, linkReason: state.linkReason };
  if (state.linkReason === "unlinked") return current;
  const found = findNamed(state, deployments, shippedBy) ?? findLatest(state, deployments, linkWithinHours);
  if (!found) return current;
  const rank = (reason: LinkReason) => linkReason.options.indexOf(reason);
  return rank(found.linkReason) < rank(current.linkReason) ? found : current;
}

function findNamed(
  { deploymentId, sha, release }: IncidentState,
  deployments: LinkedDeployment[],
  shippedBy: LinkedDeployment | null,
): Link | null {
  const oldestFirst = deployments.toSorted((a, b) => finishedMs(a) - finishedMs(b));
  const byId = oldestFirst.findLast(
    ({ id, number }) => deploymentId === id || deploymentId === String(number),
  );
  if (deploymentId !== null && byId) return { deployment: byId, linkReason: "deployment" };
  // The first deployment of a commit brought it to production; later ones repeated it.
  const bySha = oldestFirst.find((one) => sha !== null && isSameCommit(one.sha, sha)) ?? shippedBy;
  if (bySha) return { deployment: bySha, linkReason: "sha" };
  const byRelease = oldestFirst.find(
    (one) => release !== null && (one.id === release || isSameCommit(one.sha, release)),
  );
  return byRelease ? { deployment: byRelease, linkReason: "release" } : null;
}

function findLatest(
  { openedAt }: IncidentState,
  deployments: LinkedDeployment[],
  linkWithinHours: number,
): Link | null {
  if (openedAt === null) return null;
  const opened = Date.parse(openedAt);
  const [latest] = deployments
    .filter((one) => finishedMs(one) <= opened && finishedMs(one) >= opened - linkWithinHours * HOUR_MS)
    .sort((a, b) => finishedMs(b) - finishedMs(a));
  return latest ? { deployment: latest, linkReason: "latest" } : null;
}

/** Either may be shortened. */
function isSameCommit(one: string | null, other: string): boolean {
  if (one === null || one.length < MIN_SHA || other.length < MIN_SHA) return false;
  return one.startsWith(other) || other.startsWith(one);
}

function finishedMs({ finishedAt }: LinkedDeployment): number {
  return Date.parse(finishedAt ?? "");
}
