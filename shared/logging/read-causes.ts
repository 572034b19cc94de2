import { z } from "zod";
import { causeKey, type DeadLetter } from "../dead-letters/dead-letter.ts";
import { type ListLogEntries, quote } from "./log-reader.ts";

/** Events per query: a filter has at most 20,000 characters, https://cloud.google.com/logging/quotas */
const MAX_EVENTS = 200;
/** Lines per event: an event has ten attempts at each of its subscribers. */
const MAX_LINES = 20;
/** Dead letters are kept for a week. */
const DAYS = 8;
const DAY_MS = 24 * 60 * 60_000;

const failure = z.object({ event: z.string(), subscriber: z.string(), error: z.string() });

/**
 * Reads from Cloud Logging why subscribers failed.
 *
 * @returns the last error by `causeKey`; entries are kept for thirty days
 * @throws errors of Cloud Logging
 */
export async function readLoggedCauses(
  deadLetters: DeadLetter[],
  listEntries: ListLogEntries,
  now = new Date(),
): Promise<Map<string, string>> {
  const events = [...new Set(deadLetters.map(({ event }) => event))];
  const causes = new Map<string, string>();
  for (let start = 0; start < events.length; start += MAX_EVENTS) {
    const some = events.slice(start, start + MAX_EVENTS);
    const since = new Date(now.getTime() - DAYS * DAY_MS).toISOString();
    const filter = `severity=ERROR AND timestamp>=${quote(since)} AND jsonPayload.subscriber:* AND jsonPayload.error:* AND jsonPayload.event=(${some.map(quote).join(" OR ")})`;
    for (const { jsonPayload } of await listEntries(filter, some.length * MAX_LINES)) {
      const parsed = failure.safeParse(jsonPayload);
      if (!parsed.success) continue;
      const key = causeKey(parsed.data);
      if (!causes.has(key)) causes.set(key, parsed.data.error);
    }
  }
  return causes;
}
