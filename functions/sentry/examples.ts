import type { SentryEvent } from "../../shared/events/event.ts";
import { fixture } from "../../shared/webhook/read-fixture.ts";
import { normalize } from "./normalize.ts";

const resources = {
  "metric-alert-critical": "metric_alert",
  "metric-alert-resolved": "metric_alert",
  "event-alert-triggered": "event_alert",
  "issue-resolved": "issue",
};

/** After the times of all the examples. */
const sentAt = "2026-11-02T17:53:00.000Z";

/** One event of each type, for the event reference. */
export function examples(receivedAt: Date): SentryEvent[] {
  const id = "9d1c3f5b7e2a4c6d8f0b1d3e5a7c9e1f2b4d6f8a0c2e4b6d8f1a3c5e7b9d0f2a";
  return Object.entries(resources).map(([name, resource]) =>
    normalize({ id, resource, sentAt, payload: fixture(`sentry/${name}`), receivedAt }),
  );
}
