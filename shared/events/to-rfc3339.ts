/** The first time that an event can have, in milliseconds since 1970. None of the senders existed before. */
export const EARLIEST_TIME = Date.UTC(2000, 0);

/**
 * Converts a sender's point in time to the format of all events: RFC 3339, UTC, milliseconds.
 *
 * @param value RFC 3339 (UTC if it has no offset, as Python's isoformat writes it), or seconds since 1970, as a number or as text
 * @returns null for a missing or invalid value, and before 2000: Go writes "no time" as the year 1, others as 1970
 */
export function toRfc3339(value: string | number | null | undefined): string | null {
  if (value === null || value === undefined) return null;
  const written = typeof value === "string" ? readUtc(value) : undefined;
  if (written !== undefined) return written;
  const milliseconds = typeof value === "number" ? value * 1000 : parseText(value.trim().toUpperCase());
  const date = new Date(milliseconds);
  // toISOString writes years after 9999 with a sign and six digits, which no store reads.
  const isPlausible = date.getTime() >= EARLIEST_TIME && date.getUTCFullYear() <= 9999;
  return isPlausible ? date.toISOString() : null;
}

const UTC = /^2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/;

/** Reads the form that nearly all senders write, four times as fast. @returns undefined for any other form, and for 30 February */
function readUtc(text: string): string | undefined {
  if (!UTC.test(text)) return undefined;
  const milliseconds = Date.parse(text);
  if (Number.isNaN(milliseconds)) return undefined;
  const written = new Date(milliseconds).toISOString();
  return written.startsWith(text.slice(0, -1)) ? written : undefined;
}

/** Nine digits of seconds since 1970 begin in 1973, ten end in 2286. */
const SECONDS = /^\d{9,10}(?:\.\d+)?$/;
/** The last part also matches `isoformat() + "Z"` of a Python date that has its offset already: `2026-11-02T17:04:11+00:00Z`. */
const DATE_TIME =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(?:Z|(?:([+-]\d\d)(?::?(\d\d))?Z?))?)?$/;

/** `Date` alone would read any text with a number, such as `deploy 13`, as a day, and 30 February as 2 March. */
function parseText(text: string): number {
  if (SECONDS.test(text)) return Number(text) * 1000;
  const [, day, time = "00:00", hours, minutes = "00"] = DATE_TIME.exec(text) ?? [];
  if (day === undefined || !isDay(day)) return Number.NaN;
  return Date.parse(`${day}T${time}${hours === undefined ? "Z" : `${hours}:${minutes}`}`);
}

function isDay(day: string): boolean {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(day);
}
