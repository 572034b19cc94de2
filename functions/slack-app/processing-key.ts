import type { ProcessingKey } from "../../shared/database/process-once.ts";
import type { SlackEvent } from "../../shared/events/slack-event.ts";

/** This function's turn with an event. @param about events about the same thing are worked on one after the other */
export function processingKey(event: SlackEvent, about: string): ProcessingKey {
  return { subscriber: "slack-app", event, lock: `slack-app ${about}` };
}
