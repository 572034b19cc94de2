import { z } from "zod";

/** Days in UTC, as the views count them: YYYY-MM-DD, both included. */
export interface Period {
  from: string;
  to: string;
}

const days = { hours: 1 / 24, days: 1, weeks: 7, months: 30 } as const;
const DAY_MS = 86_400_000;

/**
 * The period that a dashboard shows when nobody has chosen one, e.g. `28 days`, `8 weeks`: until today, which is included.
 *
 * @throws {Error} for what the project does not use of https://cloud.google.com/looker/docs/filter-expressions#date_and_time
 */
export function parseDefaultPeriod(expression: string, now = new Date()): Period {
  const [, count, unit] = /^(\d+) (hours|days|weeks|months)$/.exec(expression) ?? [];
  if (!count || !unit) throw new Error(`The console knows no period like ${expression}`);
  const back = Math.ceil(Number(count) * days[unit as keyof typeof days]);
  // 24 hours reach into yesterday.
  const from = now.getTime() - (unit === "hours" ? back : back - 1) * DAY_MS;
  return { from: day(new Date(from)), to: day(now) };
}

const date = z.iso.date();

/** The period that somebody has chosen; the default for an end that is no date. */
export function parsePeriod(given: { from?: unknown; to?: unknown }, otherwise: Period): Period {
  return {
    from: date.catch(otherwise.from).parse(given.from),
    to: date.catch(otherwise.to).parse(given.to),
  };
}

function day(time: Date): string {
  return time.toISOString().slice(0, 10);
}
