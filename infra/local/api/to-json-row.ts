/** Converts a row of the BigQuery client to JSON values. Its classes for timestamps, dates and big numbers become text. */
export function toJsonRow(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, toJsonValue(value)]));
}

function toJsonValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toJsonValue);
  if (value === null || typeof value !== "object") return value;
  if (Buffer.isBuffer(value)) return value.toString("base64");
  const isWrapper = Object.getPrototypeOf(value) !== Object.prototype;
  if (isWrapper) return "value" in value ? value.value : String(value);
  return toJsonRow(value as Record<string, unknown>);
}
