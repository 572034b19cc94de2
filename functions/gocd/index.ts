import { readConfig } from "../../shared/config.ts";
import { readValidSecrets } from "../../shared/secrets/secret.ts";
import { defineWebhook } from "../../shared/webhook/define-webhook.ts";
import { verifyHmac } from "../../shared/webhook/verify.ts";
import { normalize } from "./normalize.ts";

const { services } = readConfig(process.env);

export const webhook = defineWebhook({
  source: "gocd",
  accepts: ["application/json"],
  maxBodyBytes: 1024 * 1024,
  // The notifier gives up after 10 s and does not retry.
  publishDeadlineMs: 7000,

  async verify(delivery) {
    const signature = `sha256=${delivery.credential("X-GoCD-Signature")}`;
    verifyHmac(await readValidSecrets("GOCD_WEBHOOK_SECRET"), delivery.body, signature, ["sha256"]);
  },

  read: (delivery) => ({
    event: normalize({
      // GoCD gives a notification no id.
      id: delivery.hash("gocd"),
      payload: delivery.json(),
      receivedAt: delivery.receivedAt,
      services,
    }),
  }),

  filterable: (event) => ({
    event: event.event,
    pipeline: event.pipeline?.name ?? null,
    stage: event.stage?.name ?? null,
    status: event.stage?.state ?? null,
  }),
});
