/**
 * Decodes a delivery's body to JSON. Slack sends interactions as a form with one field.
 *
 * @param body base64
 * @returns the text when the body holds no JSON
 */
export function decodeBody(body: string): { json: unknown } | { text: string } {
  const text = Buffer.from(body, "base64").toString("utf8");
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

/** Previews a delivery's body, which may have 25 MB. A large one is neither decoded nor parsed as a whole. @param body base64 */
export function previewBody(body: string): Preview {
  const bytes = Buffer.byteLength(body, "base64");
  if (bytes > MAX_SHOWN) {
    const beginning = body.slice(0, Math.ceil(MAX_SHOWN / 3) * 4);
    return { text: Buffer.from(beginning, "base64").toString("utf8"), isCut: true };
  }
  const decoded = decodeBody(body);
  return "json" in decoded ? previewJson(decoded.json) : { text: decoded.text, isCut: false };
}

/** Previews a value as indented JSON. */
export function previewJson(value: unknown): Preview {
  const text = JSON.stringify(value, null, 2) ?? "null";
  if (text.length <= MAX_COLORED) return { json: value };
  return { text: text.slice(0, MAX_SHOWN), isCut: text.length > MAX_SHOWN };
}
