import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { badRequest } from "../../../shared/webhook/delivery.ts";
import { findEventName, type RecordedRequest, type ReplayOverrides } from "../../local/gateway/replay.ts";
import type { FunctionFolder } from "../../manifests/read-functions.ts";
import { makeDistinct, newSlackEventId } from "../../send/make-distinct.ts";
import { encodeFor } from "../../send/send.ts";
import { decodeBody } from "./decode-body.ts";

/** A user's edit of a delivery. */
export interface DeliveryEdit {
  /** JSON */
  body: string;
  /** GitHub's X-GitHub-Event. */
  event?: string;
}

/**
 * Converts an edit to the overrides of a replay. A changed body gets a new delivery id if the source has ids: subscribers would
 * otherwise drop it as a duplicate. An unchanged body keeps its bytes.
 *
 * @throws {HttpError} 400 when the body is not JSON
 */
export async function applyEdit(
  folder: FunctionFolder,
  delivery: RecordedRequest,
  { body, event }: DeliveryEdit,
): Promise<ReplayOverrides> {
  const before = decodeBody(delivery.body);
  const after = parse(body);
  const sameEvent = event === undefined || event === findEventName(delivery.headers);
  if ("json" in before && isDeepStrictEqual(before.json, after) && sameEvent) return {};
  return {
    body: await encodeFor(folder, Buffer.from(JSON.stringify(withOwnEventId(before, after)))),
    ...(event !== undefined && { event }),
    ...(hasIdHeader(delivery) && { id: randomUUID() }),
  };
}

/** GitHub's and Standard Webhooks' ids are headers; the event gets the same id. */
function hasIdHeader({ headers }: RecordedRequest): boolean {
  return "x-github-delivery" in headers || "webhook-id" in headers;
}

/** The overrides that make a replay a new event with the same content. */
export async function asNewEvent(
  folder: FunctionFolder,
  delivery: RecordedRequest,
): Promise<ReplayOverrides> {
  if (hasIdHeader(delivery)) return { id: randomUUID() };
  return { body: await makeDistinct(folder, delivery.body) };
}

/** Slack's event id is in the body: https://docs.slack.dev/apis/events-api/#callback-field */
function withOwnEventId(before: ReturnType<typeof decodeBody>, after: unknown): unknown {
  const known = "json" in before ? (before.json as { event_id?: unknown } | null)?.event_id : undefined;
  if (typeof known !== "string" || typeof after !== "object" || after === null) return after;
  const { event_id } = after as { event_id?: unknown };
  return event_id === known ? { ...after, event_id: newSlackEventId() } : after;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    throw badRequest(`The body is not JSON: ${(error as Error).message}`);
  }
}
