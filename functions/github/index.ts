import { verify } from "@octokit/webhooks-methods";
import { readConfig } from "../../shared/config.ts";
import { readValidSecrets } from "../../shared/secrets/secret.ts";
import { defineWebhook } from "../../shared/webhook/define-webhook.ts";
import { unauthorized } from "../../shared/webhook/delivery.ts";
import { normalize } from "./normalize.ts";

const { services } = readConfig(process.env);

export const webhook = defineWebhook({
  source: "github",
  accepts: ["application/json"],
  // GitHub caps payloads at 25 MB, https://docs.github.com/webhooks/webhook-events-and-payloads#payload-cap
  maxBodyBytes: 25 * 1024 * 1024,
  // GitHub times out after 10 s and does not retry by itself.
  publishDeadlineMs: 7000,

  async verify(delivery) {
    const signature = delivery.credential("X-Hub-Signature-256");
    const secrets = readValidSecrets("GH_WEBHOOK_SECRET");
    for (const secret of Array.isArray(secrets) ? secrets : await secrets)
      if (await verify(secret, delivery.text, signature)) return;
    throw unauthorized("X-Hub-Signature-256 does not match the body");
  },

  read(delivery) {
    const event = normalize({
      id: delivery.requiredHeader("X-GitHub-Delivery"),
      event: delivery.requiredHeader("X-GitHub-Event"),
      payload: delivery.json(),
      receivedAt: delivery.receivedAt,
      services,
    });
    // GitHub shows the response to a ping on the webhook's settings page.
    return event.event === "ping" ? { event, response: { status: 200, body: { id: event.id } } } : { event };
  },

  filterable: (event) => ({
    event: event.event,
    action: event.action,
    repository: event.repository?.fullName ?? null,
    actor: event.actor?.name ?? null,
    checkname: event.checkRun?.name ?? null,
    conclusion: event.checkRun?.conclusion ?? null,
  }),
});
