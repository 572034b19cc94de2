import type { Config } from "../../shared/config.ts";
import type { Event } from "../../shared/events/event.ts";
import type { FreightEvent } from "../../shared/events/freight-event.ts";

export type ProductionDeploy = FreightEvent & { sha: string };

/** Whether an event says how a deploy of the deployed app to production comes along. */
export function isProductionDeploy(event: Event, deploy: Config["deploy"]): event is ProductionDeploy {
  return (
    event.source === "freight" &&
    event.app === deploy.app &&
    event.environment === deploy.environment &&
    event.sha !== null &&
    event.sha !== ""
  );
}
