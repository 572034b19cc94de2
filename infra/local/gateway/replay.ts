import type { FunctionFolder } from "../../manifests/read-functions.ts";
import { post, type Sent, signFor } from "../../send/send.ts";
import type { DeliveryRecord } from "./delivery-log.ts";

/** Changes to a delivery before it is replayed. */
export interface ReplayOverrides {
  body?: Buffer;
  /** GitHub's X-GitHub-Event. */
  event?: string;
  /** GitHub's X-GitHub-Delivery. */
  id?: string;
}

/** Header of a replay: the number of the original delivery. Source functions ignore it. */
export const replayHeader = "x-replay-of";

/** Sends a recorded delivery to its source function with a new signature: Slack's signatures expire after five minutes. */
export async function replayDelivery(
  url: string,
  folder: FunctionFolder,
  delivery: DeliveryRecord,
  overrides: ReplayOverrides = {},
): Promise<Sent> {
  const event = overrides.event ?? delivery.headers["x-github-event"];
  const id = overrides.id ?? delivery.headers["x-github-delivery"];
  const body = overrides.body ?? Buffer.from(delivery.body, "base64");
  const headers = await signFor(folder, {
    body,
    ...(event !== undefined && { event }),
    ...(id !== undefined && { id }),
  });
  return post(`${url}/${folder.name}`, { ...headers, [replayHeader]: String(delivery.number) }, body);
}
