/**
 * A delivery's body as the JSON that it holds: Slack sends interactions as a form with one field.
 *
 * @param body base64
 * @returns the text as it is, where it holds none
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
