import type { Deployment } from "./deployment.ts";
import type { Event, FreightEvent } from "./event.ts";

/**
 * Reads the deployment that an event is about, whatever its source.
 *
 * @returns null for any other event
 */
export function readDeployment(event: Event): Deployment | null {
  if (event.deployment) return event.deployment;
  // An event that an earlier release published, and that a replay delivers, has Freight's own fields only.
  return event.source === "freight" ? toFreightDeployment(event) : null;
}

type FreightFields = Pick<
  FreightEvent,
  | "app"
  | "environment"
  | "number"
  | "status"
  | "link"
  | "ref"
  | "sha"
  | "previousSha"
  | "createdAt"
  | "startedAt"
  | "finishedAt"
  | "actor"
>;

/** Freight numbers deploys per app and environment, so the number is also the id. */
export function toFreightDeployment({ actor, ...deploy }: FreightFields): Deployment {
  return {
    app: deploy.app,
    environment: deploy.environment,
    id: String(deploy.number),
    number: deploy.number,
    status: deploy.status,
    sha: deploy.sha,
    previousSha: deploy.previousSha,
    ref: deploy.ref,
    actor: actor?.name ?? null,
    link: deploy.link,
    createdAt: deploy.createdAt,
    startedAt: deploy.startedAt,
    finishedAt: deploy.finishedAt,
  };
}
