import type { Summary } from "../../functions/refresh-facts/facts/define-summary.ts";
import { facts } from "../../functions/refresh-facts/facts/facts.ts";
import type { Widths } from "./measure-widths.ts";
import { changedPartitions, rowsPerThousandEvents } from "./rows-per-event.ts";

/** Days of rows that are kept: 13 months. */
const KEPT_DAYS = 395;
/** Days around the period that a condition on the partitions includes, see infra/looker/ci_tooling.model.lkml. */
const MARGIN_DAYS = 2;
/** Bytes per raw row besides its values in the fact: received_at, source, type and repository. */
const RAW_BYTES = 70;
/** BigQuery charges at least this much for each table of a query, https://cloud.google.com/bigquery/pricing#on_demand_pricing */
const MINIMUM_BYTES = 10 * 1024 * 1024;

/** Facts and summaries with the columns that a query reads of them, and whether it skips partitions outside of its period. */
export type TableScans = Map<string, { columns: Set<string>; isPruned: boolean }>;

/**
 * Bytes that a query reads. A column counts once, however often it is read.
 * @param volume.days of the query's period
 */
export function tileBytes(
  scans: TableScans,
  widths: Widths,
  volume: { eventsPerDay: number; days: number },
): number {
  return [...scans].reduce((sum, [table, { columns, isPruned }]) => {
    const days = isPruned ? Math.min(volume.days + MARGIN_DAYS, KEPT_DAYS) : KEPT_DAYS;
    const width = [...columns].reduce((bytes, column) => bytes + (widths.get(table)?.get(column) ?? 0), 0);
    return sum + Math.max(MINIMUM_BYTES, rowsPerDay(table, volume.eventsPerDay) * days * width);
  }, 0);
}

function rowsPerDay(table: string, eventsPerDay: number): number {
  return ((rowsPerThousandEvents[table] ?? 0) * eventsPerDay) / 1000;
}

/**
 * Bytes that a refresh reads on average: of each raw table the kinds of rows that facts follow from, half a day of them, because raw tables are
 * partitioned by day; once for the changed days and once for the MERGE; the changed partitions of the facts; and of each summary the facts
 * that it follows from and its replaced partitions.
 *
 * @param summaryScans what the SELECT of each summary reads
 */
export function refreshBytes(
  widths: Widths,
  eventsPerDay: number,
  summaryScans: ReadonlyMap<Summary, TableScans>,
): number {
  const ofFacts = facts.reduce((sum, { table, partition }) => {
    const width = widthOf(table, widths);
    const rows = rowsPerDay(table, eventsPerDay);
    const raw = Math.max(MINIMUM_BYTES, (rows / 2) * (width + RAW_BYTES));
    const days = partition ? (changedPartitions[table] ?? 2 + partition.spreadDays) : KEPT_DAYS;
    return sum + 2 * raw + Math.max(MINIMUM_BYTES, rows * days * width);
  }, 0);
  const ofSummaries = [...summaryScans].reduce((sum, [{ table, reachDays }, scans]) => {
    const replaced = rowsPerDay(table, eventsPerDay) * (2 + reachDays) * widthOf(table, widths);
    // A summary reads as many days before its first row.
    const read = tileBytes(scans, widths, { eventsPerDay, days: 2 * reachDays });
    return sum + read + Math.max(MINIMUM_BYTES, replaced);
  }, 0);
  return ofFacts + ofSummaries;
}

function widthOf(table: string, widths: Widths): number {
  return [...(widths.get(table)?.values() ?? [])].reduce((bytes, each) => bytes + each, 0);
}
