import type { DeliveryLog } from "../../local/gateway/delivery-log.ts";
import type { DeliveryRecord } from "../../local/gateway/log-entries.ts";

/**
 * Decodes a delivery's body to JSON. Slack sends interactions as a form with one field.
 *
 * @returns the text when the body holds no JSON
 */
export function decodeBody(body: Buffer): { json: unknown } | { text: string } {
  const text = body.toString("utf8");
  const json = text.startsWith("payload=") ? new URLSearchParams(text).get("payload") : text;
  try {
    return { json: JSON.parse(json ?? "") };
  } catch {
    return { text };
  }
}

/** Larger JSON has no colours: each value would be an element. */
const MAX_COLORED = 30_000;
/** Characters of a larger text that a page shows. */
const MAX_SHOWN = 100_000;

/** JSON to draw in colours, or the beginning of a text. */
export type Preview = { json: unknown } | { text: string; isCut: boolean };

/** Previews a delivery's body, which may have 25 MB. Of a large one, only the beginning is read, and not parsed. */
export function previewBody(log: Pick<DeliveryLog, "readBody">, delivery: DeliveryRecord): Preview {
  const body = log.readBody(delivery, MAX_SHOWN);
  if (delivery.body.bytes > MAX_SHOWN) return { text: body.toString("utf8"), isCut: true };
  const decoded = decodeBody(body);
  return "json" in decoded ? previewJson(decoded.json) : { text: decoded.text, isCut: false };
}

/** Previews a value as indented JSON. */
export function previewJson(value: unknown): Preview {
  const text = JSON.stringify(value, null, 2) ?? "null";
  if (text.length <= MAX_COLORED) return { json: value };
  return { text: text.slice(0, MAX_SHOWN), isCut: text.length > MAX_SHOWN };
}
