import type { SlackEvent } from "../../shared/events/slack-event.ts";
import { Delivery } from "../../shared/webhook/delivery.ts";
import { fixtureBytes } from "../../shared/webhook/read-fixture.ts";
import { normalizeCallback } from "./normalize-callback.ts";
import { normalizeInteraction } from "./normalize-interaction.ts";
import { readBody } from "./read-body.ts";
import { encode } from "./sign.ts";

const names = ["app-home-opened", "app-mention", "message-im", "user-change", "block-actions-mute"];

/** An event of every type that the Slack app is subscribed to, for the event reference. */
export function examples(receivedAt: Date): SlackEvent[] {
  return names.map((name) => {
    const body = encode(fixtureBytes(`slack/${name}`));
    const mediaType =
      body.subarray(0, 8).toString() === "payload="
        ? "application/x-www-form-urlencoded"
        : "application/json";
    const delivery = new Delivery({ rawHeaders: [] }, body, mediaType, receivedAt);
    const read = readBody(delivery);
    const arrival = { receivedAt, hash: delivery.hash("slack"), retry: null };
    if (read.kind === "callback") return normalizeCallback(read, arrival);
    if (read.kind === "interaction") return normalizeInteraction(read, arrival);
    throw new Error(`${name} is no event`);
  });
}
