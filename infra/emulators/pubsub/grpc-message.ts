import type { StoredMessage } from "./journal.ts";
import type { Outstanding, Queue } from "./queue.ts";

/** A message in the form of google.pubsub.v1.PubsubMessage. */
export function messageOf({ id, data, attributes, orderingKey, publishTime }: StoredMessage) {
  return {
    messageId: id,
    data: Buffer.from(data, "base64"),
    attributes,
    orderingKey,
    publishTime: { seconds: Math.floor(publishTime / 1000), nanos: (publishTime % 1000) * 1e6 },
  };
}

/** A delivery in the form of google.pubsub.v1.ReceivedMessage; its ack id is the message's id. */
export function toReceivedMessage({ message, attempt }: Outstanding, queue: Queue) {
  return {
    ackId: message.id,
    message: messageOf(message),
    deliveryAttempt: queue.resource.deadLetterPolicy ? attempt : 0,
  };
}
