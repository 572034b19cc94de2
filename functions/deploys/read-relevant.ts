import type { Deployment } from "../../shared/events/deployment.ts";
import type { Event } from "../../shared/events/event.ts";
import { readDeployment } from "../../shared/events/read-deployment.ts";
import type { Irrelevant } from "../../shared/pubsub/irrelevant.ts";

/** Reads the deployment whose state is stored. */
export function readRelevant(event: Event): { deployment: Deployment } | Irrelevant {
  const deployment = readDeployment(event);
  return deployment ? { deployment } : { because: "the event is not about a deployment" };
}
