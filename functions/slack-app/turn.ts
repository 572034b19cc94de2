import type { Turn } from "../../shared/database/once.ts";
import type { SlackEvent } from "../../shared/events/slack-event.ts";

/** This function's turn with an event. @param about events about the same thing are worked on one after the other */
export function turn(event: SlackEvent, about: string): Turn {
  return { subscriber: "slack-app", event, lock: `slack-app ${about}` };
}
