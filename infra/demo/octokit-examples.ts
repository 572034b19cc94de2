import { webhookExamples } from "../../functions/github/webhook-examples.ts";
import type { DayClock } from "./day-clock.ts";
import { type DemoDelivery, toJsonBody } from "./delivery.ts";

/** Every example payload of `@octokit/webhooks-examples`, each as a delivery of its own. */
export function octokitExamples(clock: DayClock): DemoDelivery[] {
  return webhookExamples.map(({ name, event, payload }) => ({
    source: "github",
    event,
    id: clock.id(name),
    label: event,
    body: toJsonBody(payload),
  }));
}
