/** Levels of a JSON value: https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#json_type */
const MAX_DEPTH = 500;

/**
 * Why BigQuery refuses a text as JSON although JSON.parse accepts it; undefined when it accepts it.
 * BigQuery stores UTF-8, so an escaped surrogate without its pair cannot be stored, and it nests at most 500 levels.
 */
export function explainBadJson(text: string): string | undefined {
  if (/\\u0000/.test(withoutEscapedBackslashes(text))) return "\\u0000 cannot be converted to text.";
  const parsed: unknown = JSON.parse(text);
  if (!isWellFormed(text) || hasLoneSurrogate(parsed)) return "invalid UTF-16 surrogate pair";
  if (depthOf(parsed) > MAX_DEPTH) return `JSON nesting depth exceeds the limit: ${MAX_DEPTH}`;
  return undefined;
}

function withoutEscapedBackslashes(text: string): string {
  return text.replaceAll("\\\\", "");
}

function isWellFormed(text: string): boolean {
  return Buffer.from(text, "utf8").toString("utf8") === text;
}

/** Iterative: a document may be nested deeper than the call stack. */
function hasLoneSurrogate(parsed: unknown): boolean {
  const waiting = [parsed];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value === "string" && !isWellFormed(value)) return true;
    if (value !== null && typeof value === "object")
      for (const [key, item] of Object.entries(value)) waiting.push(key, item);
  }
  return false;
}

function depthOf(parsed: unknown): number {
  let depth = 0;
  let level = [parsed];
  while (level.length > 0) {
    const nested = level.filter((value) => value !== null && typeof value === "object");
    if (nested.length > 0) depth++;
    level = nested.flatMap((value) => Object.values(value as object));
  }
  return depth;
}
