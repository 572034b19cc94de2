import type { StoredMessage } from "./journal.ts";

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
