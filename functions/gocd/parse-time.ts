import { toRfc3339 } from "../../shared/events/to-rfc3339.ts";

/** `Oct 26, 2022, 5:57:53 PM`; newer versions of Java write a narrow no-break space before AM and PM. */
const JAVA_DATE = /^([A-Z][a-z]{2}) (\d{1,2}), (\d{4}),? (\d{1,2}):(\d\d):(\d\d)\s([AP]M)$/u;
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/**
 * Parses a time of GoCD. Its plugin interface has `2017-03-23T17:27:58.000+0000`; the first versions of the notifier write a date of Java
 * without a zone, which is read as UTC: nothing in the notification names another zone.
 * https://plugin-api.gocd.org/current/notifications/#stage-status-changed
 *
 * @returns RFC 3339; null for anything else
 */
export function parseTime(text: string | null | undefined): string | null {
  const [, name = "", day = "", year, hour, minute, second, half] = JAVA_DATE.exec(text ?? "") ?? [];
  if (year === undefined) return toRfc3339(text);
  const month = months.indexOf(name) + 1;
  const hours = (Number(hour) % 12) + (half === "PM" ? 12 : 0);
  const pad = (value: number | string) => String(value).padStart(2, "0");
  return toRfc3339(`${year}-${pad(month)}-${pad(day)}T${pad(hours)}:${minute}:${second}Z`);
}
