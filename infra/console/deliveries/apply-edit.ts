import { randomBytes, randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { badRequest } from "../../../shared/webhook/delivery.ts";
import type { DeliveryRecord } from "../../local/gateway/delivery-log.ts";
import type { ReplayOverrides } from "../../local/gateway/replay.ts";
import type { FunctionFolder } from "../../manifests/read-functions.ts";
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
  delivery: DeliveryRecord,
  { body, event }: DeliveryEdit,
): Promise<ReplayOverrides> {
  const before = decodeBody(delivery.body);
  const after = parse(body);
  const sameEvent = event === undefined || event === delivery.headers["x-github-event"];
  if ("json" in before && isDeepStrictEqual(before.json, after) && sameEvent) return {};
  return {
    body: await encodeFor(folder, Buffer.from(JSON.stringify(withOwnEventId(before, after)))),
    ...(event !== undefined && { event }),
    ...("x-github-delivery" in delivery.headers && { id: randomUUID() }),
  };
}

/** Bits of the number that white space encodes. */
const MARK_BITS = 32;

/**
 * The overrides that make a replay a new event with the same content. GitHub's id is a header and Slack's a field of the body. The other
 * sources derive it from the bytes of the body, so white space makes it another: JSON allows it anywhere,
 * https://www.rfc-editor.org/rfc/rfc8259#section-2
 */
export async function asNewEvent(folder: FunctionFolder, delivery: DeliveryRecord): Promise<ReplayOverrides> {
  if ("x-github-delivery" in delivery.headers) return { id: randomUUID() };
  const body = Buffer.from(delivery.body, "base64");
  const text = body.toString("utf8");
  const form = text.startsWith("payload=") ? new URLSearchParams(text).get("payload") : null;
  if (form !== null) return { body: await encodeFor(folder, Buffer.from(`${form}${whiteSpaceMark()}`)) };
  const [field, name] = /"event_id"\s*:\s*"(Ev\w+)"/.exec(text) ?? [];
  if (delivery.source === "slack" && field && name)
    return { body: Buffer.from(text.replace(field, field.replace(name, newSlackEventId()))) };
  return { body: Buffer.concat([body, Buffer.from(whiteSpaceMark())]) };
}

function whiteSpaceMark(): string {
  const bits = randomBytes(MARK_BITS / 8)
    .readUInt32BE()
    .toString(2)
    .padStart(MARK_BITS, "0");
  return bits.replaceAll("0", " ").replaceAll("1", "\t");
}

function newSlackEventId(): string {
  return `Ev${randomBytes(5).toString("hex").toUpperCase()}`;
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
