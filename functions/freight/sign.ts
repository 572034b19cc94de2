import type { Sign } from "../../shared/webhook/signer.ts";

/** Makes the fixed headers of Freight's webhook notifier. */
export const sign: Sign = ({ secret }) => ({
  "content-type": "application/json",
  authorization: `Bearer ${secret}`,
});
