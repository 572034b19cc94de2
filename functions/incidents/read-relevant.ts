import type { Event } from "../../shared/events/event.ts";
import type { Incident } from "../../shared/events/incident.ts";
import type { Irrelevant } from "../../shared/pubsub/irrelevant.ts";

/** Reads the incident that the event is about. */
export function readRelevant({ incident }: Event): { incident: Incident } | Irrelevant {
  return incident ? { incident } : { because: "the event is not about an incident" };
}
