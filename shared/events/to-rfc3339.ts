/**
 * Converts a sender's point in time to the format of all events: RFC 3339, UTC, milliseconds.
 *
 * @param value RFC 3339 (UTC if it has no offset, as Python's isoformat writes it), or seconds since 1970
 * @returns null for a missing or invalid value
 */
export function toRfc3339(value: string | number | null | undefined): string | null {
  if (value === null || value === undefined || value === "") return null;
  const date = typeof value === "number" ? new Date(value * 1000) : new Date(withOffset(value));
  // BigQuery reads the years 1 to 9999. toISOString writes years outside of 0 to 9999 with a sign and six digits.
  return Number.isNaN(date.getTime()) || !/^(?!0000)\d{4}-/.test(date.toISOString())
    ? null
    : date.toISOString();
}

/** Also reads `isoformat() + "Z"` of a Python date that has its offset already: `2026-11-02T17:04:11+00:00Z`. */
function withOffset(text: string): string {
  if (/[+-]\d\d:?\d\dZ$/.test(text)) return text.slice(0, -1);
  return /^\d{4}-\d\d-\d\d[T ][\d:.]+$/.test(text) ? `${text.replace(" ", "T")}Z` : text;
}
