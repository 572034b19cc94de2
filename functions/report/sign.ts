import { randomUUID } from "node:crypto";
import { Webhook } from "standardwebhooks";
import type { Sign } from "../../shared/webhook/signer.ts";

/** Makes the headers of a report, as every library of https://www.standardwebhooks.com makes them. */
export const sign: Sign = ({ body, secret, id = `msg_${randomUUID()}`, now = new Date() }) => ({
  "content-type": "application/json",
  "webhook-id": id,
  "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
  "webhook-signature": new Webhook(secret).sign(id, now, body),
});
