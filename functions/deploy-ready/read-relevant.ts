import type { Event } from "../../shared/events/event.ts";
import { type BranchCheckRun, readBranchCheckRun } from "../../shared/github/required-check.ts";
import type { Service } from "../../shared/organization/organization.ts";
import type { Irrelevant } from "../../shared/pubsub/irrelevant.ts";

/** Reads the passed run of a check that a service may require. */
export function readRelevant(event: Event, services: Service[]): { found: BranchCheckRun } | Irrelevant {
  const found = readBranchCheckRun(event, services);
  return found?.verdict === "passed"
    ? { found }
    : { because: "it is not a passed required check of a deployed branch" };
}
