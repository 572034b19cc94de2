import { type ClientConfig, PubSub, type Topic } from "@google-cloud/pubsub";
import type { Event, Source } from "../events/event.ts";
import { backoffWithin, channelOptions } from "../grpc-options.ts";
import { getTraceAttributes, withSpan } from "../observability/observe.ts";
import { withDeadline } from "../with-deadline.ts";
import { toMessage } from "./message.ts";

/** Pub/Sub did not confirm a publish in time: the event may or may not be stored. */
export class PublishError extends Error {
  override name = "PublishError";
}

const options: ClientConfig & Record<string, unknown> = channelOptions;

let client: PubSub | undefined;
const topics = new Map<string, Topic>();

/** The topic of a source's events, `<source>-events`. */
export function getTopicName(source: Source): string {
  return `${source}-events`;
}

/**
 * Publishes an event and resolves once Pub/Sub has confirmed that it is stored.
 *
 * @param filterable attributes that subscriptions may filter on, without the `ce-` prefix; null values are left out
 * @param deadlineMs how long to wait for the confirmation, retries included
 * @throws {PublishError} if no confirmation came in time; later publishes are not affected
 */
export async function publish(event: Event, filterable: Record<string, string | null>, deadlineMs: number) {
  const topic = getTopic(event.source, deadlineMs);
  const message = toMessage(event, filterable);
  try {
    await withSpan("queue.publish", getTopicName(event.source), () => {
      const attributes = { ...message.attributes, ...getTraceAttributes() };
      return withDeadline(topic.publishMessage({ ...message, attributes }), deadlineMs);
    });
  } catch (cause) {
    throw new PublishError(`Pub/Sub did not confirm ${event.type} ${event.id}`, { cause });
  }
}

function getTopic(source: Source, deadlineMs: number): Topic {
  client ??= new PubSub(options);
  const name = getTopicName(source);
  const cached = topics.get(name);
  if (cached) return cached;
  const topic = client.topic(name, {
    batching: { maxMilliseconds: 5 },
    gaxOpts: { retry: { backoffSettings: backoffWithin(deadlineMs) } },
  });
  topics.set(name, topic);
  return topic;
}
