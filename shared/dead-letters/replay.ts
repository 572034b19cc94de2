import { type PubSub, v1 } from "@google-cloud/pubsub";
import { DEAD_LETTER_TOPIC, REPLAY_TOPIC } from "../pubsub/topics.ts";
import {
  causeKey,
  type DeadLetter,
  isSelected,
  readDeadLetter,
  type Selection,
  toReplayAttributes,
} from "./dead-letter.ts";

/** Messages per pull request. */
const MAX_MESSAGES = 100;
/** Ack ids per request that ends leases. A request has at most 512 KB: https://cloud.google.com/pubsub/quotas#resource_limits */
const MAX_ACK_IDS = 1000;
/** Longest wait of a pull for a first message. */
const PULL_MS = 10_000;
/** gRPC status DEADLINE_EXCEEDED, https://grpc.io/docs/guides/status-codes/ */
const DEADLINE_EXCEEDED = 4;

export interface ReplayOptions {
  /** Names of all subscriber functions. */
  subscribers: string[];
  selection?: Selection;
  /** Whether to publish the selected dead letters for the subscriber that gave up. Otherwise they are only listed. */
  replay: boolean;
  /** Ends after this many pulls in a row without a new message: a pull may be empty although there are messages. */
  emptyPulls?: number;
  /** Longest wait of a pull for a first message, in milliseconds. */
  pullMs?: number;
}

/** Thrown before anything is replayed: a copy for a subscriber without this subscription would be lost. */
export class MissingSubscriptionError extends Error {
  override name = "MissingSubscriptionError";
}

/**
 * Lists the selected dead letters. With `replay`, publishes each to the topic `replay`, whose subscriptions pass it to the subscriber that
 * gave up and to no other, and acknowledges it once Pub/Sub has stored the copy. An event that a subscriber gave up in several messages is one
 * dead letter, and is published once. Afterwards the next call gets every other dead
 * letter: their leases are ended.
 *
 * @returns the selected dead letters; those whose subscriber is null are not replayed
 * @throws {MissingSubscriptionError}
 */
export async function processDeadLetters(pubsub: PubSub, options: ReplayOptions): Promise<DeadLetter[]> {
  const { subscribers, selection = {}, replay, emptyPulls = 3, pullMs = PULL_MS } = options;
  if (replay) await requireSubscriptions(pubsub, selection.subscriber ? [selection.subscriber] : subscribers);
  const subscriber = new v1.SubscriberClient(await clientOptions(pubsub));
  const subscription = subscriber.subscriptionPath(await subscriber.getProjectId(), DEAD_LETTER_TOPIC);
  const found = new Map<string, DeadLetter>();
  const seen = new Set<string>();
  const replayed = new Set<string>();
  const leases = new Map<string, string>();

  const handle = async ({ ackId, id, data, attributes }: ReceivedMessage) => {
    leases.set(id, ackId);
    const read = readDeadLetter(attributes, subscribers);
    const key =
      attributes["ce-id"] === undefined
        ? id
        : causeKey({ ...read, subscriber: read.subscriber ?? read.subscription });
    const known = found.get(key);
    const deadLetter = known ?? read;
    if (known && !seen.has(id)) known.messages++;
    seen.add(id);
    found.set(key, deadLetter);
    if (!replay || deadLetter.subscriber === null || !isSelected(deadLetter, selection)) return;
    // A message whose acknowledgement was lost is delivered again, and another one of the same event would change nothing.
    if (!replayed.has(key)) {
      const copy = { data, attributes: toReplayAttributes(attributes, deadLetter.subscriber) };
      await pubsub.topic(REPLAY_TOPIC).publishMessage(copy);
      replayed.add(key);
    }
    await subscriber.acknowledge({ subscription, ackIds: [ackId] });
    leases.delete(id);
  };

  try {
    for (let empty = 0; empty < emptyPulls; ) {
      const before = seen.size;
      for (const message of await pull(subscriber, subscription, pullMs)) await handle(message);
      empty = seen.size > before ? 0 : empty + 1;
    }
  } finally {
    await endLeases(subscriber, subscription, [...leases.values()]);
    await subscriber.close();
  }
  return [...found.values()].filter((deadLetter) => isSelected(deadLetter, selection));
}

interface ReceivedMessage {
  ackId: string;
  id: string;
  data: Buffer;
  attributes: Record<string, string>;
}

/** Without returnImmediately, which is deprecated: https://cloud.google.com/pubsub/docs/reference/rest/v1/projects.subscriptions/pull */
async function pull(
  subscriber: v1.SubscriberClient,
  subscription: string,
  timeout: number,
): Promise<ReceivedMessage[]> {
  try {
    const request = { subscription, maxMessages: MAX_MESSAGES };
    const [{ receivedMessages }] = await subscriber.pull(request, { timeout, retry: null });
    return (receivedMessages ?? []).map(({ ackId, message }) => ({
      ackId: ackId ?? "",
      id: message?.messageId ?? "",
      data: Buffer.from(message?.data ?? ""),
      attributes: message?.attributes ?? {},
    }));
  } catch (error) {
    if ((error as { code?: number }).code === DEADLINE_EXCEEDED) return [];
    throw error;
  }
}

/** A deadline of 0 makes a message available to the next pull at once. */
async function endLeases(subscriber: v1.SubscriberClient, subscription: string, ackIds: string[]) {
  for (let start = 0; start < ackIds.length; start += MAX_ACK_IDS) {
    const some = ackIds.slice(start, start + MAX_ACK_IDS);
    await subscriber.modifyAckDeadline({ subscription, ackIds: some, ackDeadlineSeconds: 0 });
  }
}

/** @throws {MissingSubscriptionError} */
async function requireSubscriptions(pubsub: PubSub, subscribers: string[]) {
  const [existing] = await pubsub.getSubscriptions();
  const names = existing.flatMap(({ name, metadata }) =>
    metadata?.topic?.endsWith(`/topics/${REPLAY_TOPIC}`) ? [name.split("/").at(-1) ?? ""] : [],
  );
  const missing = subscribers.filter(
    (name) => !names.some((each) => each.startsWith(`${name}-${REPLAY_TOPIC}`)),
  );
  if (missing.length > 0)
    throw new MissingSubscriptionError(
      `The topic ${REPLAY_TOPIC} has no subscription for ${missing.join(", ")}: deploy first`,
    );
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
