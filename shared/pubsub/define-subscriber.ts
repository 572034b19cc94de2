import { type CloudEvent, cloudEvent } from "@google-cloud/functions-framework";
import type { Event } from "../events/event.ts";
import { annotate } from "../observability/call-context.ts";
import { log } from "../observability/log.ts";
import { initObservability, observe } from "../observability/observe.ts";
import { fromMessageData } from "./message.ts";

/** Nobody waits for a subscriber's answer. */
const FLUSH_MS = 2000;

/** What the framework makes of a push request, https://cloud.google.com/pubsub/docs/push#receive_push */
interface PushedMessage {
  message: { data?: string; attributes?: Record<string, string> };
}

/** Tells the framework to answer 500. It prints what it is given, and the cause was just logged in a form that can be searched. */
class RedeliverError extends Error {
  override name = "RedeliverError";
  override stack = `${this.name}: ${this.message}`;
}

/**
 * Registers a subscriber function with the Functions Framework: called with each event that its subscriptions pass.
 *
 * Returning acknowledges the event. Throwing has Pub/Sub deliver it again, and after its subscription's number of
 * attempts put it on the dead-letter topic. An event may arrive more than once, also twice at the same time.
 */
export function defineSubscriber(name: string, handle: (event: Event) => Promise<void>) {
  initObservability();
  cloudEvent(name, async (pushed: CloudEvent<PushedMessage>) => {
    const { data = "", attributes = {} } = pushed.data?.message ?? {};
    await observe({ name, op: "queue.process", attributes, flushMs: FLUSH_MS }, async () => {
      annotate({ subscriber: name });
      try {
        const event = fromMessageData(data);
        annotate({ event: event.id, type: event.type });
        await handle(event);
        log("DEBUG", "Handled");
      } catch (error) {
        log("ERROR", `${name} failed on an event; it will be delivered again`, {
          error,
          messageId: pushed.id,
        });
        throw new RedeliverError(`${name} failed; the log entry before this one says why`);
      }
    });
  });
}
