import { z } from "zod";
import { PAYLOAD_DAYS } from "../../shared/bigquery/payload-days.ts";
import type { Fact } from "./facts/define-fact.ts";
import { type Summary, summaryStatement } from "./facts/define-summary.ts";
import { isWithin, mergeStatement, rebuildStatement, type Span } from "./facts/merge-statement.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/**
 * A row can be read some time after its receipt: Pub/Sub delivers it to a subscriber, which may ask GitHub before it writes the row, and
 * retries. A refresh reads this much of the time before it again. Later rows are in `late_rows` (shared/bigquery/row-writer.ts).
 */
const OVERLAP_MS = 30 * MINUTE_MS;
/** The clock of a source function may be ahead. */
const AHEAD_MS = 10 * MINUTE_MS;

/** Days (milliseconds since 1970) of the rows that a refresh changes, by fact table; empty for a table without partitions. */
export type Changes = Record<string, number[]>;

const changedDay = z.object({ fact: z.string(), day: z.object({ value: z.string() }).nullable() });

/** Rows of `changedDaysQueries`, as BigQuery's client returns them. @throws {ZodError} */
export function changesOf(rows: unknown[]): Changes {
  const changes: Changes = {};
  for (const { fact, day } of rows.map((row) => changedDay.parse(row))) {
    changes[fact] ??= [];
    if (day) changes[fact].push(Date.parse(day.value));
  }
  return changes;
}

/** Query for the hours in which late rows were received, of those that were written since the last refresh: column `hour`. */
export function lateHoursQuery({ from, until }: Span): string {
  return `SELECT DISTINCT received_hour AS hour
FROM product_eng.late_rows
WHERE ${isWithin("written_at", [overlapped({ from, until })])}`;
}

const lateHour = z.object({ hour: z.object({ value: z.string() }) });

/** Spans of receipt that a refresh reads. @param lateHours rows of `lateHoursQuery` @throws {ZodError} */
export function spansOf(refresh: Span, lateHours: unknown[]): Span[] {
  const recent = overlapped(refresh);
  const hours = lateHours.map((row) => Date.parse(lateHour.parse(row).hour.value)).sort((a, b) => a - b);
  const late = hours.map((hour) => toSpan(hour, hour + HOUR_MS)).filter(({ from }) => from < recent.from);
  return [...late, recent];
}

function overlapped({ from, until }: Span): Span {
  return toSpan(Date.parse(from) - OVERLAP_MS, Date.parse(until) + AHEAD_MS);
}

function toSpan(from: number, until: number): Span {
  return { from: new Date(from).toISOString(), until: new Date(until).toISOString() };
}

export interface Statement {
  /** Unique within a refresh: letters, digits and underscores. */
  name: string;
  sql: string;
}

/** Statements of a refresh in their order. Each can be repeated. @param summaries in the order of their statements */
export function statementsOf(
  facts: Fact[],
  { received, changes }: { received: Span[]; changes: Changes },
  summaries: Summary[] = [],
): Statement[] {
  const changed = facts.filter(({ table }) => changes[table]);
  const merges = changed.map((fact) => ({
    name: nameOf(fact),
    sql: mergeStatement(fact, received, changes[fact.table]),
  }));
  const derivations = facts.flatMap((fact) => {
    const since = fact.derive && firstChange(fact.derive.from, changes);
    return fact.derive && since
      ? [{ name: `${nameOf(fact)}_derived`, sql: fact.derive.statement(since) }]
      : [];
  });
  const replacements = summaries.flatMap((summary) => {
    const since = firstChange(summary.from, changes);
    return since ? [{ name: nameOf(summary), sql: summaryStatement(summary, since) }] : [];
  });
  return [...merges, ...derivations, ...replacements];
}

/** The first changed day of some facts, in GoogleSQL; undefined if none changed. */
function firstChange(facts: string[], changes: Changes): string | undefined {
  const days = facts.flatMap((table) => changes[table] ?? []);
  return days.length === 0 ? undefined : `TIMESTAMP '${new Date(Math.min(...days)).toISOString()}'`;
}

/** Before every event. */
const BEGINNING = "TIMESTAMP '1971-01-01T00:00:00.000Z'";

/** Statements that replace every fact by what all raw rows say, and then every summary. @param now RFC 3339 */
export function rebuildStatements(facts: Fact[], now: string, summaries: Summary[] = []): Statement[] {
  // The oldest day that is about to lose its payloads is left out.
  const payloadsSince = new Date(Date.parse(now) - (PAYLOAD_DAYS - 1) * 24 * HOUR_MS).toISOString();
  return [
    ...facts.map((fact) => ({ name: nameOf(fact), sql: rebuildStatement(fact, payloadsSince) })),
    ...facts.flatMap((fact) =>
      fact.derive ? [{ name: `${nameOf(fact)}_derived`, sql: fact.derive.statement(BEGINNING) }] : [],
    ),
    ...summaries.map((summary) => ({ name: nameOf(summary), sql: summaryStatement(summary, BEGINNING) })),
  ];
}

function nameOf({ table }: Fact | Summary): string {
  return table.replace(".", "_");
}
