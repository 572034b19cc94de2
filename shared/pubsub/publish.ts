import type { Event, Source } from "../events/event.ts";
import { backoffWithin } from "../grpc-options.ts";
import { getTraceAttributes, withSpan } from "../observability/observe.ts";
import { BatchPublisher } from "./batch-publisher.ts";
import { type Message, toMessage } from "./message.ts";
import { getPublisherClient } from "./publisher-client.ts";

/** Pub/Sub did not confirm a publish in time: the event may or may not be stored. */
export class PublishError extends Error {
  override name = "PublishError";
}

/** By topic. */
const publishers = new Map<string, BatchPublisher>();

/** The topic of a source's events, `<source>-events`. */
export function getTopicName(source: Source): string {
  return `${source}-events`;
}

/**
 * Publishes an event and resolves once Pub/Sub has confirmed that it is stored.
 *
 * @param filterable attributes that subscriptions may filter on, without the `ce-` prefix; null values are left out
 * @param deadlineMs how long to wait for the confirmation, retries included; the same for all events of a source
 * @param payload JSON of the event's payload, if the sender's own is at hand
 * @throws {PublishError} if no confirmation came in time; later publishes are not affected
 */
export function publish(
  event: Event,
  filterable: Record<string, string | null>,
  deadlineMs: number,
  payload?: Buffer,
): Promise<void> {
  const topic = getTopicName(event.source);
  const publisher = getPublisher(topic, deadlineMs);
  const message = toMessage(event, filterable, payload);
  return withSpan("queue.publish", topic, () => {
    Object.assign(message.attributes, getTraceAttributes());
    return publisher.publish(message);
  });
}

function getPublisher(topic: string, deadlineMs: number): BatchPublisher {
  const cached = publishers.get(topic);
  if (cached) return cached;
  const toError = (cause: unknown) =>
    new PublishError(`Pub/Sub did not confirm a message to ${topic}`, { cause });
  const publisher = new BatchPublisher((messages) => send(topic, messages, deadlineMs), deadlineMs, toError);
  publishers.set(topic, publisher);
  return publisher;
}

async function send(topic: string, messages: Message[], deadlineMs: number): Promise<void> {
  const { client, project } = await getPublisherClient();
  // The client's own batches would hold messages back once more.
  const options = { isBundling: false, retry: { backoffSettings: backoffWithin(deadlineMs) } };
  await client.publish({ topic: `projects/${project}/topics/${topic}`, messages }, options);
}
