import { type PubSub, v1 } from "@google-cloud/pubsub";
import { DEAD_LETTER_TOPIC } from "../manifests/subscription-policy.ts";

/** Messages of one request. */
const MAX_MESSAGES = 100;
/** Pub/Sub adds attributes of this prefix, https://cloud.google.com/pubsub/docs/handling-failures#track-delivery-attempts */
const ADDED = "CloudPubSubDeadLetterSource";

export interface DeadLetter {
  event: string;
  type: string;
  /** The subscription that gave it up. */
  subscription: string;
  attempts: string;
}

/**
 * Publishes every dead letter to its source's topic again, and takes it out of the dead-letter subscription once that is confirmed.
 * All subscribers get it again: those that had handled it know it by its id.
 *
 * @param dryRun only says what there is; what was looked at can be pulled again after its acknowledgement deadline
 * @returns what there was
 */
export async function replayDeadLetters(
  pubsub: PubSub,
  { dryRun }: { dryRun: boolean },
): Promise<DeadLetter[]> {
  const subscriber = new v1.SubscriberClient(await clientOptions(pubsub));
  const subscription = subscriber.subscriptionPath(await subscriber.getProjectId(), DEAD_LETTER_TOPIC);
  const found: DeadLetter[] = [];
  try {
    for (;;) {
      const [{ receivedMessages }] = await subscriber.pull({
        subscription,
        maxMessages: MAX_MESSAGES,
        returnImmediately: true,
      });
      if (!receivedMessages?.length) return found;
      for (const { ackId, message } of receivedMessages) {
        const attributes = message?.attributes ?? {};
        found.push(describe(attributes));
        if (dryRun || !ackId) continue;
        await publishAgain(pubsub, Buffer.from(message?.data ?? ""), attributes);
        await subscriber.acknowledge({ subscription, ackIds: [ackId] });
      }
    }
  } finally {
    await subscriber.close();
  }
}

/** Where the given client publishes to, for the one that pulls. */
async function clientOptions(pubsub: PubSub) {
  const { servicePath, port, sslCreds, projectId } = await pubsub.getClientConfig();
  return {
    ...(servicePath !== undefined && { servicePath }),
    ...(port !== undefined && { port: Number(port) }),
    ...(sslCreds !== undefined && { sslCreds }),
    ...(projectId !== undefined && { projectId }),
  };
}

function describe(attributes: Record<string, string>): DeadLetter {
  return {
    event: attributes["ce-id"] ?? "?",
    type: attributes["ce-type"] ?? "?",
    subscription: attributes[`${ADDED}Subscription`] ?? "?",
    attempts: attributes[`${ADDED}DeliveryCount`] ?? "?",
  };
}

async function publishAgain(pubsub: PubSub, data: Buffer, attributes: Record<string, string>) {
  const own = Object.fromEntries(Object.entries(attributes).filter(([name]) => !name.startsWith(ADDED)));
  const topic = pubsub.topic(`${own["ce-source"]}-events`, { messageOrdering: true });
  await topic.publishMessage({ data, attributes: own, orderingKey: own["ce-subject"] ?? "" });
}
