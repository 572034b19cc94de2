import { webhookExamples } from "../../functions/github/webhook-examples.ts";
import type { DayClock } from "./day-clock.ts";
import type { DemoDelivery } from "./delivery.ts";
import { githubDelivery } from "./github-delivery.ts";

/** One delivery for each example payload of `@octokit/webhooks-examples`. */
export function octokitExamples(clock: DayClock): DemoDelivery[] {
  return webhookExamples.map(({ name, event, payload }) =>
    githubDelivery(clock, { event, key: name, label: event, payload }),
  );
}
