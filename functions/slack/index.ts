import { log } from "../../shared/observability/log.ts";
import { readValidSecrets } from "../../shared/secrets/secret.ts";
import { openLoadingView } from "../../shared/slack/loading-view.ts";
import { defineWebhook } from "../../shared/webhook/define-webhook.ts";
import { normalizeCallback, normalizeInteraction, readArrival } from "./normalize.ts";
import { readBody } from "./read-body.ts";
import { verifySignature } from "./verify-signature.ts";

/** Slack expects an empty 200. It shows any other body to the user, and counts any other status as a failure. */
const accepted = { status: 200 };

export const webhook = defineWebhook({
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
      return { response: { status: 200, body: { challenge: body.challenge } } };
    const arrival = readArrival(delivery);
    if (body.kind === "callback") {
      const event = normalizeCallback(body, arrival);
      if (event.event === "app_rate_limited")
        log("WARNING", "Slack drops events: there were more than 30,000 in an hour", { minute: event.time });
      return { event, response: accepted };
    }
    const event = normalizeInteraction(body, arrival);
    // trigger_id expires 3 s after the click, before a subscriber would use it.
    const loadingView = await openLoadingView(event.interaction);
    return { event: { ...event, interaction: { ...event.interaction, loadingView } }, response: accepted };
  },

  filterable: (event) => ({
    event: event.event,
    user: event.user,
    channeltype: event.channelType,
    actionid: event.interaction?.actions[0]?.actionId ?? null,
  }),
});
