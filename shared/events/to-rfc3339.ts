/** The first time that an event can have, in milliseconds since 1970. None of the senders existed before. */
export const EARLIEST_TIME = Date.UTC(2000, 0);

/**
 * Converts a sender's point in time to the format of all events: RFC 3339, UTC, milliseconds.
 *
 * @param value RFC 3339 (UTC if it has no offset, as Python's isoformat writes it), or seconds since 1970
 * @returns null for a missing or invalid value, and before 2000: Go writes "no time" as the year 1, others as 1970
 */
export function toRfc3339(value: string | number | null | undefined): string | null {
  if (value === null || value === undefined || value === "") return null;
  const date = typeof value === "number" ? new Date(value * 1000) : new Date(withOffset(value));
  // toISOString writes years after 9999 with a sign and six digits, which no store reads.
  const isPlausible = date.getTime() >= EARLIEST_TIME && date.getUTCFullYear() <= 9999;
  return isPlausible ? date.toISOString() : null;
}

/** Also reads `isoformat() + "Z"` of a Python date that has its offset already: `2026-11-02T17:04:11+00:00Z`. */
function withOffset(text: string): string {
  if (/[+-]\d\d:?\d\dZ$/.test(text)) return text.slice(0, -1);
  return /^\d{4}-\d\d-\d\d[T ][\d:.]+$/.test(text) ? `${text.replace(" ", "T")}Z` : text;
}
