import { type CloudEvent, cloudEvent } from "@google-cloud/functions-framework";
import type { Event } from "../events/event.ts";
import { annotate, trackRequestTraces } from "../observability/call-context.ts";
import { log } from "../observability/log.ts";
import { initObservability, observe } from "../observability/observe.ts";
import { fromMessageData, REPLAY_FOR } from "./message.ts";

/** Milliseconds; longer than a webhook's, because no sender waits for a subscriber's response. */
const FLUSH_MS = 2000;

/** The framework's form of a push request, https://cloud.google.com/pubsub/docs/push#receive_push */
interface PushedMessage {
  message: { data?: string; attributes?: Record<string, string> };
}

/**
 * Thrown by a subscriber that cannot handle an event yet, although nothing failed. Pub/Sub redelivers the event with the subscription's
 * backoff, so no instance holds a slot while it waits.
 */
export class RedeliverLater extends Error {
  override name = "RedeliverLater";
}

/** Makes the framework respond with 500. Its message does not repeat the cause, which is in the previous log entry. */
class RedeliverError extends Error {
  override name = "RedeliverError";
  override stack = `${this.name}: ${this.message}`;
}

/**
 * Registers a subscriber function with the Functions Framework. It is called with each event that its subscriptions pass.
 *
 * A return acknowledges the event. After a throw Pub/Sub redelivers it, and puts it on the dead-letter topic after the subscription's
 * maximum of attempts. An event may arrive more than once, and several times at once.
 */
export function defineSubscriber(name: string, handle: (event: Event) => Promise<void>) {
  initObservability();
  trackRequestTraces();
  cloudEvent(name, async (pushed: CloudEvent<PushedMessage>) => {
    const { data = "", attributes = {} } = pushed.data?.message ?? {};
    await observe({ name, op: "queue.process", attributes, flushMs: FLUSH_MS }, async () => {
      annotate({ subscriber: name });
      // The subscription's filter does the same, but Google's emulator ignores filters.
      if ((attributes[REPLAY_FOR] ?? name) !== name) return;
      try {
        const event = fromMessageData(data);
        annotate({ event: event.id, type: event.type });
        await handle(event);
        log("DEBUG", "Handled");
      } catch (error) {
        if (error instanceof RedeliverLater)
          log("INFO", "Pub/Sub will redeliver the event", { because: error.message });
        else
          log("ERROR", `${name} failed on an event; Pub/Sub will redeliver it`, {
            error,
            messageId: pushed.id,
          });
        throw new RedeliverError(`${name} failed; the previous log entry has the cause`);
      }
    });
  });
}
