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
