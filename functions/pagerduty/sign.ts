import { createHmac } from "node:crypto";
import type { Sign } from "../../shared/webhook/signer.ts";

/** Makes the headers of PagerDuty's V3 webhooks. */
export const sign: Sign = ({ body, secret }) => ({
  "content-type": "application/json",
  "x-pagerduty-signature": `v1=${createHmac("sha256", secret).update(body).digest("hex")}`,
});
