import { readValidSecrets } from "../../shared/secrets/secret.ts";
import { defineWebhook } from "../../shared/webhook/define-webhook.ts";
import { unauthorized } from "../../shared/webhook/delivery.ts";
import { verifyAnyHmac } from "../../shared/webhook/verify.ts";
import { normalize } from "./normalize.ts";

export const webhook = defineWebhook({
  source: "pagerduty",
  accepts: ["application/json"],
  maxBodyBytes: 1024 * 1024,
  // PagerDuty times out after 5 s and sends again for up to a day, https://developer.pagerduty.com/docs/webhooks-overview
  publishDeadlineMs: 4000,

  async verify(delivery) {
    // A signature for each of the subscription's secrets: https://developer.pagerduty.com/docs/verifying-webhook-signatures
    const list = delivery.credential("X-PagerDuty-Signature").split(",");
    const signatures = list.flatMap((signature) => /^\s*v1=([0-9a-f]+)\s*$/i.exec(signature)?.[1] ?? []);
    if (signatures.length === 0) throw unauthorized("X-PagerDuty-Signature has no signature v1=");
    verifyAnyHmac(await readValidSecrets("PAGERDUTY_WEBHOOK_SECRET"), delivery.body, signatures);
  },

  read: (delivery) => ({ event: normalize({ payload: delivery.json(), receivedAt: delivery.receivedAt }) }),

  filterable: (event) => ({ event: event.event, service: event.incident?.service ?? null }),
});
