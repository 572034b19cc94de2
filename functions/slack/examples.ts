import type { SlackEvent } from "../../shared/events/event.ts";
import { Delivery } from "../../shared/webhook/delivery.ts";
import { fixtureBytes } from "../../shared/webhook/read-fixture.ts";
import { normalizeCallback, normalizeInteraction, readArrival } from "./normalize.ts";
import { readBody } from "./read-body.ts";
import { encode } from "./sign.ts";

const names = ["app-home-opened", "app-mention", "message-im", "user-change", "block-actions-mute"];

/** One event of each type that the Slack app subscribes to, for the event reference. */
export function examples(receivedAt: Date): SlackEvent[] {
  return names.map((name) => {
    const body = encode(fixtureBytes(`slack/${name}`));
    const mediaType =
      body.subarray(0, 8).toString() === "payload="
        ? "application/x-www-form-urlencoded"
        : "application/json";
    const delivery = new Delivery({ rawHeaders: [] }, body, mediaType, receivedAt);
    const read = readBody(delivery);
    const arrival = readArrival(delivery);
    if (read.kind === "callback") return normalizeCallback(read, arrival);
    if (read.kind === "interaction") return normalizeInteraction(read, arrival);
    throw new Error(`${name} is not an event`);
  });
}
