import { readValidSecrets } from "../../shared/secrets/secret.ts";
import { defineWebhook } from "../../shared/webhook/define-webhook.ts";
import { verifyHmac } from "../../shared/webhook/verify.ts";
import { normalize } from "./normalize.ts";

export const webhook = defineWebhook({
  source: "bootstrap-dev-env",
  accepts: ["application/json"],
  maxBodyBytes: 64 * 1024,
  publishDeadlineMs: 10_000,

  async verify(delivery) {
    const signature = delivery.credential("X-Signature-256");
    verifyHmac(await readValidSecrets("BOOTSTRAP_DEV_ENV_WEBHOOK_SECRET"), delivery.body, signature, [
      "sha256",
    ]);
  },

  read(delivery) {
    const payload = delivery.json();
    // Without created_at, a person's next bootstrap has the same body. The minute distinguishes it from a retry of this request.
    const minute = delivery.receivedAt.toISOString().slice(0, 16);
    const id = payload.created_at
      ? delivery.hash("bootstrap-dev-env")
      : delivery.hash("bootstrap-dev-env", minute);
    return {
      event: normalize({ id, payload, receivedAt: delivery.receivedAt }),
    };
  },

  filterable: (event) => ({ event: event.event, actor: event.actor?.name ?? null }),
});
