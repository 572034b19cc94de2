import type { Sign } from "../../infra/local/send/signature.ts";

/** The fixed headers of Freight's webhook notifier. */
export const sign: Sign = ({ secret }) => ({
  "content-type": "application/json",
  authorization: `Bearer ${secret}`,
});
