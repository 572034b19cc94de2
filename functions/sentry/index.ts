import { toRfc3339 } from "../../shared/events/to-rfc3339.ts";
import { readValidSecrets } from "../../shared/secrets/secret.ts";
import { defineWebhook } from "../../shared/webhook/define-webhook.ts";
import { verifyAnyHmac } from "../../shared/webhook/verify.ts";
import { normalize } from "./normalize.ts";

export const webhook = defineWebhook({
  source: "sentry",
  accepts: ["application/json"],
  maxBodyBytes: 5 * 1024 * 1024,
  // Sentry waits 1 s for most responses, and disables an integration that responds late too often.
  publishDeadlineMs: 4000,

  async verify(delivery) {
    // https://docs.sentry.io/integrations/integration-platform/webhooks/#sentry-hook-signature
    const signature = delivery.credential("Sentry-Hook-Signature");
    verifyAnyHmac(await readValidSecrets("SENTRY_HOOK_SECRET"), delivery.body, [signature]);
  },

  read(delivery) {
    const resource = delivery.requiredHeader("Sentry-Hook-Resource");
    return {
      event: normalize({
        // Request-ID is not signed: whoever sends a request again could change it.
        id: delivery.hash("sentry", resource),
        resource,
        sentAt: toRfc3339(delivery.header("Sentry-Hook-Timestamp")),
        payload: delivery.json(),
        receivedAt: delivery.receivedAt,
      }),
    };
  },

  filterable: (event) => ({ event: event.event, action: event.action, project: event.project }),
});
