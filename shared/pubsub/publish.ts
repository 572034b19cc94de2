import { type ClientConfig, PubSub, type Topic } from "@google-cloud/pubsub";
import type { Event, Source } from "../events/event.ts";
import { getTraceAttributes, withSpan } from "../observability/observe.ts";
import { withDeadline } from "../with-deadline.ts";
import { toMessage } from "./message.ts";

/** Pub/Sub did not confirm a publish in time: the event may or may not be stored. */
export class PublishError extends Error {
  override name = "PublishError";
}

/**
 * gRPC channel options. By default gRPC waits up to two minutes before it reconnects to a server, and notices a dead connection after
 * five minutes. An instance whose CPU was taken away between two requests often finds its connection dead.
 * gRPC pings only while a call waits for its response: https://grpc.io/docs/guides/keepalive/
 */
const options: ClientConfig & Record<string, unknown> = {
  "grpc.keepalive_time_ms": 1000,
  "grpc.keepalive_timeout_ms": 1000,
  "grpc.initial_reconnect_backoff_ms": 100,
  "grpc.max_reconnect_backoff_ms": 1000,
};

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
    gaxOpts: { retry: { backoffSettings: backoff(deadlineMs) } },
  });
  topics.set(name, topic);
  return topic;
}

/** Attempts that fit into the deadline of a publish: a request on a dead connection must leave time for a second one. */
const ATTEMPTS = 3;

/** Retries stop at the deadline; the client's defaults continue for ten minutes. */
function backoff(deadlineMs: number) {
  const attemptMs = Math.floor(deadlineMs / ATTEMPTS);
  return {
    initialRetryDelayMillis: 100,
    retryDelayMultiplier: 1.3,
    maxRetryDelayMillis: 1000,
    initialRpcTimeoutMillis: attemptMs,
    rpcTimeoutMultiplier: 1,
    maxRpcTimeoutMillis: attemptMs,
    totalTimeoutMillis: deadlineMs,
  };
}
