import { createHmac } from "node:crypto";
import type { Sign } from "../../shared/webhook/signer.ts";

/** Makes the headers of the bootstrap script's reports. */
export const sign: Sign = ({ body, secret }) => ({
  "content-type": "application/json",
  "x-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
});
