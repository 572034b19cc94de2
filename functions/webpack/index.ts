import { readValidSecrets } from "../../shared/secrets/secret.ts";
import { defineWebhook } from "../../shared/webhook/define-webhook.ts";
import { parseJson } from "../../shared/webhook/delivery.ts";
import { verifyHmac } from "../../shared/webhook/verify.ts";
import { normalize } from "./normalize.ts";

export const webhook = defineWebhook({
  source: "webpack",
  accepts: ["application/json"],
  maxBodyBytes: 5 * 1024 * 1024,
  publishDeadlineMs: 10_000,

  async verify(delivery) {
    const signature = delivery.credential("X-Webpack-Signature");
    // CI signs with SHA-1 today. SHA-256 is accepted, so that CI can switch without a deploy here.
    verifyHmac(await readValidSecrets("SENTRY_WEBPACK_WEBHOOK_SECRET"), delivery.body, signature, [
      "sha1",
      "sha256",
    ]);
  },

  read: (delivery) => ({
    event: normalize({
      id: delivery.hash("webpack"),
      body: parseJson(delivery.text, "The body"),
      receivedAt: delivery.receivedAt,
    }),
  }),

  filterable: (event) => ({ environment: event.assets[0]?.environment ?? null }),
});
