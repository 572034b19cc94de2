import type { Deployment } from "../../shared/events/deployment.ts";
import type { Event } from "../../shared/events/event.ts";
import { readDeployment } from "../../shared/events/read-deployment.ts";
import { listDeployedServices } from "../../shared/organization/deployment-targets.ts";
import type { Service } from "../../shared/organization/organization.ts";
import type { Irrelevant } from "../../shared/pubsub/irrelevant.ts";

/** Reads the deployment, and the services that it brings to production. */
export function readRelevant(
  event: Event,
  configured: Service[],
): { deployment: Deployment; services: Service[] } | Irrelevant {
  const deployment = readDeployment(event);
  const services = listDeployedServices(event, configured);
  return deployment && services.length > 0
    ? { deployment, services }
    : { because: "it is not a deployment of a service to production" };
}
