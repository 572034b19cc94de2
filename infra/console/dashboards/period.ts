import { z } from "zod";

/** Days in the organization's time zone, as in the views: YYYY-MM-DD, both included. */
export interface Period {
  from: string;
  to: string;
}

const DAY_MS = 86_400_000;

/**
 * Parses the default period of a dashboard as Looker does: `28 days` are today and the 27 days before, `8 weeks` this week, from Monday, and
 * the seven before, `3 months` this month and the two before. All end today.
 *
 * @param timeZone in which the days begin
 * @throws {Error} for an expression that the project does not use, see https://cloud.google.com/looker/docs/filter-expressions#date_and_time
 */
export function parseDefaultPeriod(expression: string, timeZone: string, now = new Date()): Period {
  const [, count, unit] = /^(\d+) (hours|days|weeks|months|quarters)$/.exec(expression) ?? [];
  if (!count || !unit) throw new Error(`The console does not support the period ${expression}`);
  const to = localDay(now, timeZone);
  return { from: firstDay(Number(count), unit, to), to };
}

/** @param to YYYY-MM-DD @returns the first day of that many periods, of which `to` is in the last */
function firstDay(count: number, unit: string, to: string): string {
  const today = new Date(`${to}T00:00:00Z`);
  switch (unit) {
    // 24 hours began yesterday.
    case "hours":
      return addDays(to, -Math.ceil(count / 24));
    case "days":
      return addDays(to, 1 - count);
    case "weeks":
      return addDays(to, -((today.getUTCDay() + 6) % 7) - 7 * (count - 1));
    default: {
      const length = unit === "quarters" ? 3 : 1;
      const month = Math.floor(today.getUTCMonth() / length) * length - length * (count - 1);
      return new Date(Date.UTC(today.getUTCFullYear(), month, 1)).toISOString().slice(0, 10);
    }
  }
}

const date = z.iso.date();

/** Reads a period from a request's query. An end that is not a date gets its default; reversed ends are swapped. */
export function parsePeriod(given: { from?: unknown; to?: unknown }, defaults: Period): Period {
  const from = date.catch(defaults.from).parse(given.from);
  const to = date.catch(defaults.to).parse(given.to);
  return from <= to ? { from, to } : { from: to, to: from };
}

/** The last days until today. @param count of days, at least 1 */
export function lastDays(count: number, timeZone: string, now = new Date()): Period {
  const to = localDay(now, timeZone);
  return { from: addDays(to, 1 - count), to };
}

/** The quarter until today. */
export function thisQuarter(timeZone: string, now = new Date()): Period {
  return parseDefaultPeriod("1 quarters", timeZone, now);
}

/** As many days, before a period. */
export function periodBefore({ from, to }: Period): Period {
  const last = addDays(from, -1);
  return { from: addDays(last, 1 - countDays({ from, to })), to: last };
}

export function countDays({ from, to }: Period): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
}

function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);
}

/** Sweden writes dates as ISO 8601 does. */
function localDay(time: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(time);
}
