import { createHmac, randomUUID } from "node:crypto";
import type { Sign } from "../../shared/webhook/signer.ts";

/**
 * Makes the headers of Sentry's integration platform.
 *
 * @param unsigned.event Sentry-Hook-Resource; by default it is read from the body
 */
export const sign: Sign = ({ body, secret, event, id = randomUUID(), now = new Date() }) => ({
  "content-type": "application/json",
  "request-id": id,
  "sentry-hook-resource": event ?? findResource(body.toString("utf8")),
  "sentry-hook-timestamp": String(Math.floor(now.getTime() / 1000)),
  "sentry-hook-signature": createHmac("sha256", secret).update(body).digest("hex"),
});

function findResource(body: string): string {
  if (/"metric_alert"\s*:/.test(body)) return "metric_alert";
  return /"triggered_rule"\s*:/.test(body) ? "event_alert" : "issue";
}
