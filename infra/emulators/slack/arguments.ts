/** Arguments of a method. In the forms that the client sends, every value is text, and lists and objects are JSON. */
export type Arguments = Record<string, unknown>;
export type Method = (given: Arguments) => Record<string, unknown>;

/** Only these are JSON: a text may well begin with a bracket. */
const structured = new Set(["blocks", "attachments", "metadata", "view"]);

/** @param body a form or JSON, parsed @returns without the token */
export function readArguments({ token: _, ...body }: Record<string, unknown> = {}): Arguments {
  const entries = Object.entries(body).map(([name, value]) => [
    name,
    structured.has(name) && typeof value === "string" ? readJson(value) : value,
  ]);
  return Object.fromEntries(entries);
}

/** @returns undefined when it was not given */
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
    // The method says that it cannot be read, with its own word for it.
    return text;
  }
}
