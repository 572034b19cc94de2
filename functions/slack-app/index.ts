import type { SlackEvent } from "../../shared/events/slack-event.ts";
import { defineSubscriber } from "../../shared/pubsub/define-subscriber.ts";
import { answer } from "./answer.ts";
import { helpMessage } from "./help.ts";
import { type Intent, intentOf } from "./intent-of.ts";

defineSubscriber("slack-app", async (event) => {
  const intent = intentOf(event);
  if (intent && event.source === "slack") await follow(intent, event);
});

function follow(intent: Intent, event: SlackEvent): Promise<void> {
  switch (intent.kind) {
    case "help":
      return answer(event, intent.place, helpMessage());
    default:
      return Promise.resolve();
  }
}
