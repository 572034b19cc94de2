import { readValidSecrets } from "../../shared/secrets/secret.ts";
import { openLoadingView } from "../../shared/slack/loading-view.ts";
import { defineWebhook } from "../../shared/webhook/define-webhook.ts";
import type { Delivery } from "../../shared/webhook/delivery.ts";
import { normalizeCallback } from "./normalize-callback.ts";
import { normalizeInteraction } from "./normalize-interaction.ts";
import { readBody } from "./read-body.ts";
import { parseRetry } from "./retry-of.ts";
import { verifySignature } from "./verify-signature.ts";

/** Slack expects an empty 200; anything else is shown to the user or taken for a failure. */
const accepted = { status: 200 };

defineWebhook({
  source: "slack",
  accepts: ["application/json", "application/x-www-form-urlencoded"],
  maxBodyBytes: 1024 * 1024,
  // Slack waits 3 s, https://docs.slack.dev/apis/events-api/#responding; opening a view takes up to 1 s of it.
  publishDeadlineMs: 1500,

  async verify(delivery) {
    verifySignature(delivery, await readValidSecrets("SLACK_SIGNING_SECRET"));
  },

  async read(delivery) {
    const body = readBody(delivery);
    if (body.kind === "url_verification")
      return { answer: { status: 200, body: { challenge: body.challenge } } };
    const arrival = arrivalOf(delivery);
    if (body.kind === "callback") return { event: normalizeCallback(body, arrival), answer: accepted };
    const event = normalizeInteraction(body, arrival);
    // trigger_id expires 3 s after the click: too soon for a subscriber.
    const loadingView = await openLoadingView(event.interaction);
    return { event: { ...event, interaction: { ...event.interaction, loadingView } }, answer: accepted };
  },

  filterable: (event) => ({
    event: event.event,
    user: event.user,
    channeltype: event.channelType,
    actionid: event.interaction?.actions[0]?.actionId ?? null,
  }),
});

function arrivalOf(delivery: Delivery) {
  return { receivedAt: delivery.receivedAt, hash: delivery.hash("slack"), retry: parseRetry(delivery) };
}
