import { readValidSecrets } from "../../shared/secrets/secret.ts";
import { defineWebhook } from "../../shared/webhook/define-webhook.ts";
import { parseJson } from "../../shared/webhook/delivery.ts";
import { verifyHmac } from "../../shared/webhook/verify.ts";
import { normalize } from "./normalize.ts";
import { acceptedAlgorithms, readSha1End } from "./signature-algorithms.ts";

const sha1End = readSha1End(process.env.WEBPACK_SHA1_UNTIL);

export const webhook = defineWebhook({
  source: "webpack",
  accepts: ["application/json"],
  maxBodyBytes: 5 * 1024 * 1024,
  publishDeadlineMs: 10_000,

  async verify(delivery) {
    const signature = delivery.credential("X-Webpack-Signature");
    const secrets = await readValidSecrets("SENTRY_WEBPACK_WEBHOOK_SECRET");
    // With a last day for SHA-1, CI can switch to SHA-256 without a deploy here.
    verifyHmac(secrets, delivery.body, signature, acceptedAlgorithms(sha1End, delivery.receivedAt));
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
