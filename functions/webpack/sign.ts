import { createHmac } from "node:crypto";
import type { Sign } from "../../shared/webhook/signer.ts";

/** Makes the headers of CI's step after a webpack build. */
export const sign: Sign = ({ body, secret }) => ({
  "content-type": "application/json",
  "x-webpack-signature": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
});
