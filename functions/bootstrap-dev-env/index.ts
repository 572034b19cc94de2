import { readValidSecrets } from "../../shared/secrets/secret.ts";
import { defineWebhook } from "../../shared/webhook/define-webhook.ts";
import { pointInTime } from "../../shared/webhook/parse-body.ts";
import { verifyHmac } from "../../shared/webhook/verify.ts";
import { normalize } from "./normalize.ts";
import { ReportIds } from "./report-id.ts";

const reportIds = new ReportIds();

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
    const isDated = pointInTime.parse(payload.created_at) !== null;
    const id = isDated ? delivery.hash("bootstrap-dev-env") : reportIds.assign(delivery);
    return {
      event: normalize({ id, payload, receivedAt: delivery.receivedAt }),
    };
  },

  filterable: (event) => ({ event: event.event, actor: event.actor?.name ?? null }),
});
