/** Arguments of a method. The client sends forms: every value is a string, and lists and objects are JSON. */
export type Arguments = Record<string, unknown>;
export type Method = (given: Arguments) => Record<string, unknown>;

/** Only these are parsed as JSON: the text of a message may also begin with a bracket. */
const structured = new Set(["blocks", "attachments", "metadata", "view"]);

/** @param body a parsed form or parsed JSON @returns the arguments without the token */
export function readArguments({ token: _, ...body }: Record<string, unknown> = {}): Arguments {
  const entries = Object.entries(body).map(([name, value]) => [
    name,
    structured.has(name) && typeof value === "string" ? readJson(value) : value,
  ]);
  return Object.fromEntries(entries);
}

/** @returns undefined if the argument is absent */
export function readText(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : String(value);
}

export function isTrue(value: unknown): boolean {
  return value === true || value === "true" || value === "1";
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Each method has its own error code for invalid JSON.
    return text;
  }
}
