import { Webhook, WebhookVerificationError } from "standardwebhooks";
import { ConfigurationError } from "../../shared/configuration-error.ts";
import type { Delivery } from "../../shared/webhook/delivery.ts";
import { unauthorized } from "../../shared/webhook/delivery.ts";

/**
 * Checks the signature of a report with every valid secret, over id, timestamp and the bytes of the body:
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#verifying-webhook-authenticity
 *
 * @param secrets `whsec_` and the key in base64
 * @throws {HttpError} 401 if a header is missing or repeated, the timestamp is more than 5 minutes away, or no secret made a signature
 * @throws {ConfigurationError} if a secret has another form
 */
export function verifySignature(delivery: Delivery, secrets: string[]) {
  const headers = {
    "webhook-id": delivery.credential("webhook-id"),
    "webhook-timestamp": delivery.credential("webhook-timestamp"),
    "webhook-signature": delivery.credential("webhook-signature"),
  };
  // The library reads the digits that a timestamp begins with, and ignores the rest.
  if (!/^\d{1,12}$/.test(headers["webhook-timestamp"]))
    throw unauthorized("webhook-timestamp is not in seconds since 1970");
  const failures = secrets.map((secret) => findFailure(toWebhook(secret), delivery.body, headers));
  const [newest] = failures;
  if (newest !== undefined && !failures.includes(null)) throw unauthorized(newest ?? "");
}

function toWebhook(secret: string): Webhook {
  try {
    // The library also takes a key without the prefix, which nobody could tell from a secret of another kind.
    if (!secret.startsWith("whsec_")) throw new Error("The prefix whsec_ is missing");
    return new Webhook(secret);
  } catch (cause) {
    throw new ConfigurationError("REPORT_WEBHOOK_SECRET must be whsec_ and a key in base64", { cause });
  }
}

/** @returns the reason why the signature is not valid; null for a valid one */
function findFailure(webhook: Webhook, body: Buffer, headers: Record<string, string>): string | null {
  try {
    webhook.verify(body, headers, { jsonParse: false });
    return null;
  } catch (error) {
    if (!(error instanceof WebhookVerificationError)) throw error;
    return /timestamp/.test(error.message)
      ? "webhook-timestamp is more than 5 minutes away from the time of arrival"
      : "webhook-signature does not match webhook-id, webhook-timestamp and the body";
  }
}
