/** The digest of a week is due on the Monday after it, from this hour in the organization's time zone. */
const DUE_HOUR = 8;
const DAY_MS = 24 * 60 * 60_000;

/**
 * The week whose digest is due: the last one that is over, until the next one is. A digest that no run could post on Monday is posted later in
 * the week. Pure.
 *
 * @param timeZone of the organization, a name of the IANA database
 * @returns the week's Monday as YYYY-MM-DD; null in the first hours of a Monday
 */
export function dueWeek(now: Date, timeZone: string): string | null {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    hourCycle: "h23",
  }).formatToParts(now);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((one) => one.type === type)?.value ?? 0);
  const today = Date.UTC(part("year"), part("month") - 1, part("day"));
  const daysSinceMonday = (new Date(today).getUTCDay() + 6) % 7;
  if (daysSinceMonday === 0 && part("hour") < DUE_HOUR) return null;
  return new Date(today - (daysSinceMonday + 7) * DAY_MS).toISOString().slice(0, 10);
}

/** A day some days after another. @param day YYYY-MM-DD */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}
