import type { GitHubEvent } from "../../shared/events/event.ts";
import { normalize } from "./normalize.ts";
import { webhookExamples } from "./webhook-examples.ts";

/** One event of each type in Octokit's examples, for the event reference. */
export function examples(receivedAt: Date): GitHubEvent[] {
  const id = "72d3162e-cc78-11e3-81ab-4c9367dc0958";
  const events = webhookExamples.map(({ event, payload }) => normalize({ id, event, payload, receivedAt }));
  return [...new Map(events.toReversed().map((event) => [event.type, event])).values()];
}
