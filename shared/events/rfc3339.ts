/**
 * Brings a sender's point in time into the form of all events: RFC 3339, UTC, milliseconds.
 *
 * @param value RFC 3339 (without an offset it is taken as UTC, as Python's isoformat writes it), or seconds since 1970
 * @returns null for what is missing or no point in time
 */
export function toRfc3339(value: string | number | null | undefined): string | null {
  if (value === null || value === undefined || value === "") return null;
  const date = typeof value === "number" ? new Date(value * 1000) : new Date(withOffset(value));
  // Years outside four digits are written in a form that nothing else reads.
  return Number.isNaN(date.getTime()) || !/^\d{4}-/.test(date.toISOString()) ? null : date.toISOString();
}

function withOffset(text: string): string {
  return /^\d{4}-\d\d-\d\d[T ][\d:.]+$/.test(text) ? `${text.replace(" ", "T")}Z` : text;
}
