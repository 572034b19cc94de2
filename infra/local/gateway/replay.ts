import type { FunctionFolder } from "../../manifests/read-functions.ts";
import { post, type Sent, signFor } from "../../send/send.ts";

/** A recorded request. */
export interface RecordedRequest {
  /** Number of the delivery. */
  number: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** Changes to a delivery before it is replayed. */
export interface ReplayOverrides {
  body?: Buffer;
  /** GitHub's X-GitHub-Event. */
  event?: string;
  /** The sender's id of the delivery, see `idHeaders`. */
  id?: string;
}

/** Headers in which GitHub, Standard Webhooks and Sentry send the id of a delivery. The other senders have none. */
const idHeaders = ["x-github-delivery", "webhook-id", "request-id"];

/** The sender's id of a delivery, undefined if it sends none. */
export function findDeliveryId(headers: Record<string, string>): string | undefined {
  const name = idHeaders.find((each) => headers[each] !== undefined);
  return name && headers[name];
}

/** The name of the event that GitHub and Sentry send in a header. */
export function findEventName(headers: Record<string, string>): string | undefined {
  return headers["x-github-event"] ?? headers["sentry-hook-resource"];
}

/** Header of a replay: the number of the original delivery. Source functions ignore it. */
export const replayHeader = "x-replay-of";

/** Sends a recorded delivery to its source function with a new signature: Slack's signatures expire after five minutes. */
export async function replayDelivery(
  url: string,
  folder: FunctionFolder,
  delivery: RecordedRequest,
  overrides: ReplayOverrides = {},
): Promise<Sent> {
  const event = overrides.event ?? findEventName(delivery.headers);
  const id = overrides.id ?? findDeliveryId(delivery.headers);
  const body = overrides.body ?? delivery.body;
  const headers = await signFor(folder, {
    body,
    ...(event !== undefined && { event }),
    ...(id !== undefined && { id }),
  });
  return post(`${url}/${folder.name}`, { ...headers, [replayHeader]: String(delivery.number) }, body);
}
