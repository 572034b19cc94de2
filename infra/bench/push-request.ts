import type { Event } from "../../shared/events/event.ts";
import { toMessage } from "../../shared/pubsub/message.ts";

const JSON_HEADERS = { "content-type": "application/json" };

/** The request with which Pub/Sub pushes an event, https://cloud.google.com/pubsub/docs/push#receive_push */
export function toPushRequest(event: Event, topic: string) {
  const { data, attributes } = toMessage(event, {});
  const message = {
    data: data.toString("base64"),
    attributes,
    messageId: event.id,
    publishTime: event.receivedAt,
  };
  const body = Buffer.from(JSON.stringify({ subscription: "projects/local/subscriptions/bench", message }));
  // The framework reads the topic from the path.
  return { path: `/projects/local/topics/${topic}`, headers: JSON_HEADERS, body };
}
