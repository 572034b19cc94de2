import type { FunctionFolder } from "../../manifests/read-functions.ts";
import { post, type Sent, signFor } from "../../send/send.ts";
import type { DeliveryRecord } from "./delivery-log.ts";

/** What is to be other than it was the first time. */
export interface ReplayOverrides {
  body?: Buffer;
  /** GitHub's X-GitHub-Event. */
  event?: string;
  /** GitHub's X-GitHub-Delivery. */
  id?: string;
}

/** Names, in a delivery that was sent again, the number of the one that it repeats. Source functions do not look at it. */
export const replayHeader = "x-replay-of";

/** Sends a recorded delivery again through its source function, freshly signed: Slack's signatures are too old after five minutes. */
export async function replayDelivery(
  url: string,
  folder: FunctionFolder,
  delivery: DeliveryRecord,
  changed: ReplayOverrides = {},
): Promise<Sent> {
  const event = changed.event ?? delivery.headers["x-github-event"];
  const id = changed.id ?? delivery.headers["x-github-delivery"];
  const body = changed.body ?? Buffer.from(delivery.body, "base64");
  const headers = await signFor(folder, {
    body,
    ...(event !== undefined && { event }),
    ...(id !== undefined && { id }),
  });
  return post(`${url}/${folder.name}`, { ...headers, [replayHeader]: String(delivery.number) }, body);
}
