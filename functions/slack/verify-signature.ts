import { type Delivery, unauthorized } from "../../shared/webhook/delivery.ts";
import { verifyHmac } from "../../shared/webhook/verify.ts";

/** Older requests may be replays by an attacker; Slack recommends this limit. */
const MAX_AGE_SECONDS = 5 * 60;

/**
 * Verifies a request of Slack, https://docs.slack.dev/authentication/verifying-requests-from-slack:
 * HMAC-SHA256 over `v0:<timestamp>:<body>`, sent as `v0=<hex>`.
 *
 * @throws {HttpError} 401 if a header is missing, the time is more than 5 minutes off, or no secret made the signature
 */
export function verifySignature(delivery: Delivery, secrets: string[]) {
  const timestamp = delivery.credential("X-Slack-Request-Timestamp");
  const signature = delivery.credential("X-Slack-Signature");
  if (!/^\d{1,12}$/.test(timestamp)) throw unauthorized("X-Slack-Request-Timestamp is not a time in seconds");
  const age = Math.abs(delivery.receivedAt.getTime() / 1000 - Number(timestamp));
  if (age > MAX_AGE_SECONDS)
    throw unauthorized("X-Slack-Request-Timestamp is more than 5 minutes away from now");
  if (!signature.startsWith("v0=")) throw unauthorized("X-Slack-Signature does not begin with v0=");
  const signed = Buffer.concat([Buffer.from(`v0:${timestamp}:`), delivery.body]);
  verifyHmac(secrets, signed, signature.replace("v0=", "sha256="), ["sha256"]);
}
