import { createHmac } from "node:crypto";
import type { Sign } from "../../shared/webhook/signer.ts";

/** Makes the headers of GoCD's webhook notifier: the signature is hexadecimal, without a prefix. */
export const sign: Sign = ({ body, secret }) => ({
  "content-type": "application/json",
  "x-gocd-signature": createHmac("sha256", secret).update(body).digest("hex"),
});
