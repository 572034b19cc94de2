import type { Config } from "../../shared/config.ts";
import type { Event } from "../../shared/events/event.ts";
import type { FreightEvent } from "../../shared/events/freight-event.ts";

export type Shipped = FreightEvent & { sha: string; previousSha: string };

/** Whether an event says that commits of the deployed repository reached production. The first deploy ever has nothing to compare with. */
export function isShipped(event: Event, deploy: Config["deploy"]): event is Shipped {
  return (
    event.source === "freight" &&
    event.status === "finished" &&
    event.app === deploy.app &&
    event.environment === deploy.environment &&
    event.sha !== null &&
    event.previousSha !== null &&
    event.sha !== event.previousSha
  );
}
