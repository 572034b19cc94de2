import type { PagerDutyEvent } from "../../shared/events/event.ts";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import { normalize } from "./normalize.ts";

/** One event of each type, for the event reference. */
export function examples(receivedAt: Date): PagerDutyEvent[] {
  return ["incident-triggered", "incident-resolved", "ping"].map((name) =>
    normalize({ payload: fixture(`pagerduty/${name}`), receivedAt }),
  );
}
