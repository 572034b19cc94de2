import { randomUUID } from "node:crypto";
import { Webhook } from "standardwebhooks";
import type { Sign } from "../../shared/webhook/signer.ts";

/**
 * Makes the headers of a report, as every library of https://www.standardwebhooks.com makes them.
 *
 * @param unsigned.secret a text without whsec_, which is no valid secret, signs with its bytes: the deployment's check sends such a signature
 */
export const sign: Sign = ({ body, secret, id = `msg_${randomUUID()}`, now = new Date() }) => {
  const webhook = secret.startsWith("whsec_") ? new Webhook(secret) : new Webhook(secret, { format: "raw" });
  return {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
    "webhook-signature": webhook.sign(id, now, body),
  };
};
