import type { Event } from "../../../shared/events/event.ts";
import type { Service } from "../../../shared/organization/organization.ts";
import { type Irrelevant, isIrrelevant } from "../../../shared/pubsub/irrelevant.ts";
import { readRelevant as forProgress } from "../../deploy-progress/read-relevant.ts";
import { readRelevant as forReady } from "../../deploy-ready/read-relevant.ts";
import { readRelevant as forChanges } from "../../deployment-changes/read-relevant.ts";
import { readRelevant as forFeed } from "../../deployment-feed/read-relevant.ts";
import { readRelevant as forDeploys } from "../../deploys/read-relevant.ts";
import { readRelevant as forIncidents } from "../../incidents/read-relevant.ts";
import { readRelevant as forChecks } from "../../required-checks/read-relevant.ts";

type Read = (event: Event, services: Service[]) => object;

const readers: Record<string, Read> = {
  "deploy-progress": forProgress,
  "deploy-ready": forReady,
  "deployment-changes": forChanges,
  "deployment-feed": forFeed,
  deploys: forDeploys,
  incidents: forIncidents,
  "required-checks": forChecks,
  // What Slack's events ask for is in payloads, which the warehouse does not keep.
  "slack-app": ({ source }) => (source === "slack" ? {} : notSlack),
};
const notSlack: Irrelevant = { because: "it is not an event of Slack" };

/**
 * Why an event does not concern a subscriber: the subscriber's own decision, repeated.
 *
 * @returns null if it concerns the subscriber, or only the subscriber's records tell
 */
export function findIrrelevance(subscriber: string, event: Event, services: Service[]): string | null {
  const read = readers[subscriber]?.(event, services);
  return read && isIrrelevant(read) ? read.because : null;
}
