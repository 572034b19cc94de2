import type { Event } from "../../shared/events/event.ts";
import {
  type BranchCheckRun,
  type QueueFailure,
  readBranchCheckRun,
  readQueueFailure,
} from "../../shared/github/required-check.ts";
import type { Service } from "../../shared/organization/organization.ts";
import type { Irrelevant } from "../../shared/pubsub/irrelevant.ts";

type Relevant = { queued: QueueFailure } | { found: BranchCheckRun };

export const NOT_REQUIRED: Irrelevant = {
  because: "it is not a completed required check of a deployed branch",
};

/** Reads the failure of a merge queue's entry, or the completed run of a check that a service may require. */
export function readRelevant(event: Event, services: Service[]): Relevant | Irrelevant {
  const queued = readQueueFailure(event, services);
  if (queued) return { queued };
  const found = readBranchCheckRun(event, services);
  return found ? { found } : NOT_REQUIRED;
}
