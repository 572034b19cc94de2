import { facts } from "../../functions/refresh-facts/facts/facts.ts";
import type { ViewDefinition } from "../bigquery/definitions.ts";
import { viewsRead } from "../bigquery/view-layers.ts";
import { lexGoogleSql } from "../emulators/bigquery/googlesql/lex.ts";
import type { Widths } from "./measure-widths.ts";
import { changedPartitions, prunedByView, rowsPerThousandEvents } from "./rows-per-event.ts";

/** Days of rows that are kept: 13 months. */
const KEPT_DAYS = 395;
/** Bytes per raw row besides its values in the fact: received_at, source, type and repository. */
const RAW_BYTES = 70;
/** BigQuery charges at least this much for each table of a query, https://cloud.google.com/bigquery/pricing#on_demand_pricing */
const MINIMUM_BYTES = 10 * 1024 * 1024;

/** Bytes that a query over a view reads at most, for a period. A column counts once, however often it is read. */
export function tileBytes(
  viewName: string,
  views: ViewDefinition[],
  widths: Widths,
  volume: { eventsPerDay: number; days: number },
): number {
  const pruned = prunedByView[viewName] ?? [];
  const columns = new Map<string, Set<string>>();
  for (const view of readViews(viewName, views)) {
    const words = new Set(
      lexGoogleSql(view.query).flatMap(({ kind, text }) => (kind === "word" ? [text.toLowerCase()] : [])),
    );
    for (const table of factsRead(view.query)) {
      const read = columns.get(table) ?? new Set<string>();
      columns.set(table, read);
      for (const column of widths.get(table)?.keys() ?? []) if (words.has(column)) read.add(column);
    }
  }
  return [...columns].reduce((sum, [table, read]) => {
    const days = pruned.includes(table) ? Math.min(volume.days, KEPT_DAYS) : KEPT_DAYS;
    const width = [...read].reduce((bytes, column) => bytes + (widths.get(table)?.get(column) ?? 0), 0);
    return sum + Math.max(MINIMUM_BYTES, rowsPerDay(table, volume.eventsPerDay) * days * width);
  }, 0);
}

/** The view and every view that it reads, directly or through others. */
function readViews(
  name: string,
  views: ViewDefinition[],
  found = new Set<ViewDefinition>(),
): Set<ViewDefinition> {
  const view = views.find(({ dataset, view: own }) => `${dataset}.${own}` === name);
  if (!view || found.has(view)) return found;
  found.add(view);
  for (const read of viewsRead(view.query, views)) readViews(read, views, found);
  return found;
}

function factsRead(query: string): string[] {
  const tables = facts.map(({ table }) => {
    const [dataset = "", view = ""] = table.split(".");
    return { dataset, view };
  });
  return viewsRead(query, tables);
}

function rowsPerDay(table: string, eventsPerDay: number): number {
  return ((rowsPerThousandEvents[table] ?? 0) * eventsPerDay) / 1000;
}

/**
 * Bytes that a refresh reads on average: of each raw table the kinds of rows that facts follow from, half a day of them, because raw tables are
 * partitioned by day; once for the changed days and once for the MERGE; and the changed partitions of the facts.
 */
export function refreshBytes(widths: Widths, eventsPerDay: number): number {
  return facts.reduce((sum, { table, partition }) => {
    const width = [...(widths.get(table)?.values() ?? [])].reduce((bytes, each) => bytes + each, 0);
    const rows = rowsPerDay(table, eventsPerDay);
    const raw = Math.max(MINIMUM_BYTES, (rows / 2) * (width + RAW_BYTES));
    const days = partition ? (changedPartitions[table] ?? 2 + partition.spreadDays) : KEPT_DAYS;
    return sum + 2 * raw + Math.max(MINIMUM_BYTES, rows * days * width);
  }, 0);
}
