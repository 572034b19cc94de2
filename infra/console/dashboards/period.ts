import { z } from "zod";

/** Days in UTC, as in the views: YYYY-MM-DD, both included. */
export interface Period {
  from: string;
  to: string;
}

const days = { hours: 1 / 24, days: 1, weeks: 7, months: 30 } as const;
const DAY_MS = 86_400_000;

/**
 * Parses the default period of a dashboard, e.g. `28 days`, `8 weeks`. It ends today.
 *
 * @throws {Error} for an expression that the project does not use, see https://cloud.google.com/looker/docs/filter-expressions#date_and_time
 */
export function parseDefaultPeriod(expression: string, now = new Date()): Period {
  const [, count, unit] = /^(\d+) (hours|days|weeks|months)$/.exec(expression) ?? [];
  if (!count || !unit) throw new Error(`The console does not support the period ${expression}`);
  const back = Math.ceil(Number(count) * days[unit as keyof typeof days]);
  // 24 hours began yesterday.
  const from = now.getTime() - (unit === "hours" ? back : back - 1) * DAY_MS;
  return { from: day(new Date(from)), to: day(now) };
}

const date = z.iso.date();

/** Reads a period from a request's query. An end that is not a date gets its default; reversed ends are swapped. */
export function parsePeriod(given: { from?: unknown; to?: unknown }, defaults: Period): Period {
  const from = date.catch(defaults.from).parse(given.from);
  const to = date.catch(defaults.to).parse(given.to);
  return from <= to ? { from, to } : { from: to, to: from };
}

/** The last days until today. @param count of days, at least 1 */
export function lastDays(count: number, now = new Date()): Period {
  return { from: day(new Date(now.getTime() - (count - 1) * DAY_MS)), to: day(now) };
}

function day(time: Date): string {
  return time.toISOString().slice(0, 10);
}
