import { type CloudEvent, cloudEvent } from "@google-cloud/functions-framework";
import type { Event } from "../events/event.ts";
import { log } from "../observability/log.ts";
import { fromMessageData } from "./message.ts";

/** What the framework makes of a push request, https://cloud.google.com/pubsub/docs/push#receive_push */
interface PushedMessage {
  message: { data?: string };
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
  cloudEvent(name, async (pushed: CloudEvent<PushedMessage>) => {
    try {
      const event = fromMessageData(pushed.data?.message.data ?? "");
      await handle(event);
      log("DEBUG", "Handled", { subscriber: name, event: event.id, type: event.type });
    } catch (error) {
      log("ERROR", `${name} failed on an event; it will be delivered again`, { error, message: pushed.id });
      throw new RedeliverError(`${name} failed; the log entry before this one says why`);
    }
  });
}
