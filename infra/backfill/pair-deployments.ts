import { readRelevant } from "../../functions/deployment-changes/read-relevant.ts";
import type { Deployment } from "../../shared/events/deployment.ts";
import type { Event } from "../../shared/events/event.ts";
import { readDeployment } from "../../shared/events/read-deployment.ts";
import type { Service } from "../../shared/organization/organization.ts";
import { isIrrelevant } from "../../shared/pubsub/irrelevant.ts";

/** A deployment that finished, with the commit that was live before. */
export interface Shipment {
  /** The report that it finished. */
  event: Event;
  deployment: Deployment;
  /** null for the first one of its target. */
  previousSha: string | null;
  /** That it brings to production. */
  services: Service[];
  /** Milliseconds since 1970. */
  finishedAt: number;
}

/**
 * Pairs each finished deployment of a service with the one before it: that of the same app and environment, of any source, which finished
 * last. `saveDeploy` pairs them alike as they arrive. Repeated reports are left out.
 *
 * @param events any order
 * @returns oldest first
 */
export function pairDeployments(events: Event[], services: Service[]): Shipment[] {
  const finished = events
    .flatMap((event) => {
      const deployment = readDeployment(event);
      if (deployment?.status !== "finished") return [];
      return [{ event, deployment, finishedAt: Date.parse(deployment.finishedAt ?? event.time) }];
    })
    .sort((a, b) => a.finishedAt - b.finishedAt || order(a.deployment, b.deployment));
  const lastShas = new Map<string, string | null>();
  const seen = new Set<string>();
  return finished.flatMap(({ event, deployment, finishedAt }) => {
    const { app, environment, id, sha } = deployment;
    const report = JSON.stringify([event.source, app, environment, id, finishedAt]);
    if (seen.has(report)) return [];
    seen.add(report);
    const target = JSON.stringify([app, environment]);
    const before = lastShas.get(target) ?? null;
    lastShas.set(target, sha);
    const relevant = readRelevant(event, services);
    if (isIrrelevant(relevant)) return [];
    const previousSha =
      event.source === "freight" ? deployment.previousSha : (deployment.previousSha ?? before);
    return [{ event, deployment, previousSha, services: relevant.services, finishedAt }];
  });
}

/** Of two that finished in the same second, the one that was created first. */
function order(one: Deployment, other: Deployment): number {
  return Date.parse(one.createdAt ?? "") - Date.parse(other.createdAt ?? "") || 0;
}
