import type { FunctionFolder } from "../manifests/read-functions.ts";
import type { DeliveryRecord } from "./ledger.ts";
import { type Sent, send } from "./send/send.ts";

/** Sends a recorded delivery again through its source function, freshly signed: Slack's signatures are too old after five minutes. */
export function resend(url: string, folder: FunctionFolder, delivery: DeliveryRecord): Promise<Sent> {
  const event = delivery.headers["x-github-event"];
  const id = delivery.headers["x-github-delivery"];
  return send(`${url}/${folder.name}`, folder, {
    body: Buffer.from(delivery.body, "base64"),
    ...(event !== undefined && { event }),
    ...(id !== undefined && { id }),
  });
}
