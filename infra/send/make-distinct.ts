import { randomBytes } from "node:crypto";
import type { FunctionFolder } from "../manifests/read-functions.ts";
import { encodeFor } from "./send.ts";

/** Bits of the number that white space encodes. */
const MARK_BITS = 32;

/**
 * Changes a body so that it is a new event with the same content. Slack's id is a field of the body. The other sources derive it from
 * the bytes of the body, so white space makes it another: JSON allows it anywhere, https://www.rfc-editor.org/rfc/rfc8259#section-2
 *
 * @param folder a source whose sender has no header with an id: not GitHub's
 */
export async function makeDistinct(folder: FunctionFolder, body: Buffer): Promise<Buffer> {
  const text = body.toString("utf8");
  const form = text.startsWith("payload=") ? new URLSearchParams(text).get("payload") : null;
  if (form !== null) return encodeFor(folder, Buffer.from(`${form}${whiteSpaceMark()}`));
  const [field, name] = /"event_id"\s*:\s*"(Ev\w+)"/.exec(text) ?? [];
  if (folder.name === "slack" && field && name)
    return Buffer.from(text.replace(field, field.replace(name, newSlackEventId())));
  return Buffer.concat([body, Buffer.from(whiteSpaceMark())]);
}

/** An id as Slack makes them: https://docs.slack.dev/apis/events-api/#callback-field */
export function newSlackEventId(): string {
  return `Ev${randomBytes(5).toString("hex").toUpperCase()}`;
}

function whiteSpaceMark(): string {
  const bits = randomBytes(MARK_BITS / 8)
    .readUInt32BE()
    .toString(2)
    .padStart(MARK_BITS, "0");
  return bits.replaceAll("0", " ").replaceAll("1", "\t");
}
