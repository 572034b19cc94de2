import { type PubSub, v1 } from "@google-cloud/pubsub";
import { DEAD_LETTER_TOPIC } from "../manifests/subscription-policy.ts";

/** Messages per pull request. */
const MAX_MESSAGES = 100;
/** Prefix of the attributes that Pub/Sub adds, https://cloud.google.com/pubsub/docs/handling-failures#track-delivery-attempts */
const ADDED = "CloudPubSubDeadLetterSource";

export interface DeadLetter {
  event: string;
  type: string;
  /** Subscription whose last attempt failed. */
  subscription: string;
  attempts: string;
}

/**
 * Publishes every dead letter to its source's topic again and acknowledges it once Pub/Sub has stored the copy.
 * All subscribers receive the event again; those that have handled it recognize its id.
 *
 * @param dryRun lists the dead letters only; they can be pulled again after the acknowledgement deadline
 * @returns the dead letters
 */
export async function replayDeadLetters(
  pubsub: PubSub,
  { dryRun }: { dryRun: boolean },
): Promise<DeadLetter[]> {
  const subscriber = new v1.SubscriberClient(await clientOptions(pubsub));
  const subscription = subscriber.subscriptionPath(await subscriber.getProjectId(), DEAD_LETTER_TOPIC);
  const deadLetters: DeadLetter[] = [];
  try {
    for (;;) {
      const [{ receivedMessages }] = await subscriber.pull({
        subscription,
        maxMessages: MAX_MESSAGES,
        returnImmediately: true,
      });
      if (!receivedMessages?.length) return deadLetters;
      for (const { ackId, message } of receivedMessages) {
        const attributes = message?.attributes ?? {};
        deadLetters.push(toDeadLetter(attributes));
        if (dryRun || !ackId) continue;
        await publishAgain(pubsub, Buffer.from(message?.data ?? ""), attributes);
        await subscriber.acknowledge({ subscription, ackIds: [ackId] });
      }
    }
  } finally {
    await subscriber.close();
  }
}

/** Endpoint and credentials of the publishing client, for the pulling client. */
async function clientOptions(pubsub: PubSub) {
  const { servicePath, port, sslCreds, projectId } = await pubsub.getClientConfig();
  return {
    ...(servicePath !== undefined && { servicePath }),
    ...(port !== undefined && { port: Number(port) }),
    ...(sslCreds !== undefined && { sslCreds }),
    ...(projectId !== undefined && { projectId }),
  };
}

function toDeadLetter(attributes: Record<string, string>): DeadLetter {
  return {
    event: attributes["ce-id"] ?? "?",
    type: attributes["ce-type"] ?? "?",
    subscription: attributes[`${ADDED}Subscription`] ?? "?",
    attempts: attributes[`${ADDED}DeliveryCount`] ?? "?",
  };
}

async function publishAgain(pubsub: PubSub, data: Buffer, attributes: Record<string, string>) {
  const original = Object.fromEntries(Object.entries(attributes).filter(([name]) => !name.startsWith(ADDED)));
  await pubsub.topic(`${original["ce-source"]}-events`).publishMessage({ data, attributes: original });
}
