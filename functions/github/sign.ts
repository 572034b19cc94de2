import { createHmac, randomUUID } from "node:crypto";
import type { Sign } from "../../shared/webhook/signer.ts";

/** Makes GitHub's headers, https://docs.github.com/webhooks/webhook-events-and-payloads#delivery-headers */
export const sign: Sign = ({ body, secret, event = "ping", id = randomUUID() }) => ({
  "content-type": "application/json",
  "user-agent": "GitHub-Hookshot/local",
  "x-github-event": event,
  "x-github-delivery": id,
  "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
});
