import type { Event, SlackEvent } from "../../shared/events/event.ts";
import type { Irrelevant } from "../../shared/pubsub/irrelevant.ts";
import { type Intent, parseIntent } from "./parse-intent.ts";

/** Reads what a user asks the bot to do. */
export function readRelevant(event: Event): { intent: Intent; event: SlackEvent } | Irrelevant {
  const intent = event.source === "slack" ? parseIntent(event) : null;
  return event.source === "slack" && intent ? { intent, event } : { because: "it asks the bot for nothing" };
}
