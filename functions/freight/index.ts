import { readValidSecrets } from "../../shared/secrets/secret.ts";
import { defineWebhook } from "../../shared/webhook/define-webhook.ts";
import { verifyBearer } from "../../shared/webhook/verify.ts";
import { normalize } from "./normalize.ts";

export const webhook = defineWebhook({
  source: "freight",
  accepts: ["application/json"],
  maxBodyBytes: 1024 * 1024,
  // Freight does not retry, so a lost delivery stays lost: wait long.
  publishDeadlineMs: 10_000,

  async verify(delivery) {
    // Freight's webhook notifier sends only fixed headers, so it cannot sign the body.
    verifyBearer(delivery.credential("Authorization"), await readValidSecrets("FREIGHT_WEBHOOK_SECRET"));
  },

  read: (delivery) => ({
    event: normalize({
      id: delivery.hash("freight"),
      payload: delivery.json(),
      receivedAt: delivery.receivedAt,
    }),
  }),

  filterable: (event) => ({
    app: event.app,
    environment: event.environment,
    status: event.status,
    actor: event.actor?.name ?? null,
  }),
});
