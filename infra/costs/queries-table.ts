import type { Summary } from "../../functions/refresh-facts/facts/define-summary.ts";
import { summaries } from "../../functions/refresh-facts/facts/summaries.ts";
import { bigqueryDir } from "../bigquery/definitions.ts";
import { startFrozenWarehouse } from "../bigquery/testing/frozen-warehouse.ts";
import { MONTH_END } from "../bigquery/zetasql/example-month.ts";
import { readLookerProject } from "../looker/read-project.ts";
import { assumptions, eventsPerDay, type Scale } from "./assumptions.ts";
import { measureWidths, type Widths } from "./measure-widths.ts";
import { refreshBytes, type TableScans, tileBytes } from "./query-bytes.ts";
import { readScans, readTileScans } from "./read-tile-scans.ts";

const GIB = 1024 ** 3;
const MINUTES_PER_DAY = 24 * 60;
const scales = Object.keys(eventsPerDay) as Scale[];

/** What queries read, in GiB. */
export interface QueryCosts {
  /** Of one refresh of the facts. */
  refresh: number;
  /** Of one opening of each dashboard for 28 days, and of its largest tile. */
  dashboards: { title: string; sum: number; largest: number; largestTile: string }[];
  /** Of a day: refreshes, and dashboards as often as `assumptions` says. */
  day: number;
}

/** @param lookerDir folder of the LookML project */
export async function queryCosts(lookerDir: string): Promise<Record<Scale, QueryCosts>> {
  const project = await readLookerProject(lookerDir);
  process.env.METADATA_SERVER_DETECTION ||= "none";
  const warehouse = await startFrozenWarehouse(MONTH_END);
  try {
    const widths = await measureWidths(warehouse, bigqueryDir);
    const dashboards: TileScans[][] = [];
    for (const { elements } of project.dashboards) {
      const tiles: TileScans[] = [];
      for (const tile of elements)
        tiles.push({ title: tile.title, scans: await readTileScans(warehouse, project, tile) });
      dashboards.push(tiles);
    }
    const summaryScans = new Map<Summary, TableScans>();
    for (const summary of summaries)
      summaryScans.set(summary, await readScans(warehouse, summary.select("TIMESTAMP '2025-04-02'")));
    const titles = project.dashboards.map(({ title }) => title);
    const costs = scales.map((scale) => [scale, costsAt(scale, titles, dashboards, widths, summaryScans)]);
    return Object.fromEntries(costs) as Record<Scale, QueryCosts>;
  } finally {
    await warehouse.stop();
  }
}

interface TileScans {
  title: string;
  scans: TableScans;
}

function costsAt(
  scale: Scale,
  titles: string[],
  dashboards: TileScans[][],
  widths: Widths,
  summaryScans: ReadonlyMap<Summary, TableScans>,
): QueryCosts {
  const volume = { eventsPerDay: eventsPerDay[scale], days: assumptions.tileDays };
  const refresh = refreshBytes(widths, volume.eventsPerDay, summaryScans) / GIB;
  const opened = dashboards.map((elements, index) => {
    const tiles = elements
      .map(({ title, scans }) => ({ title, gib: tileBytes(scans, widths, volume) / GIB }))
      .toSorted((a, b) => b.gib - a.gib);
    const sum = tiles.reduce((total, { gib }) => total + gib, 0);
    return {
      title: titles[index] ?? "",
      sum,
      largest: tiles[0]?.gib ?? 0,
      largestTile: tiles[0]?.title ?? "",
    };
  });
  const openings = assumptions.dashboardOpeningsPerDay[scale];
  const day =
    (refresh * MINUTES_PER_DAY) / assumptions.refreshMinutes +
    opened.reduce((total, { sum }) => total + sum * openings, 0);
  return { refresh, dashboards: opened, day };
}

/** The bytes that queries read as a Markdown table. */
export function queriesTable(costs: Record<Scale, QueryCosts>): string {
  const row = (name: string, value: (costs: QueryCosts) => number) =>
    `| ${name} | ${scales.map((scale) => format(value(costs[scale]))).join(" | ")} |`;
  const { dashboards } = costs.one_million;
  return `| GiB read | ${scales.map((scale) => `${eventsPerDay[scale].toLocaleString("en")} events a day`).join(" | ")} |
| --- | ${scales.map(() => "---:").join(" | ")} |
${row("a refresh of the facts", ({ refresh }) => refresh)}
${dashboards
  .flatMap(({ title, largestTile }, index) => [
    row(`dashboard ${title}, opened once`, (each) => each.dashboards[index]?.sum ?? 0),
    row(`its largest tile, ${largestTile}`, (each) => each.dashboards[index]?.largest ?? 0),
  ])
  .join("\n")}
${row("**a day, together**", ({ day }) => day)}`;
}

function format(gib: number): string {
  if (gib >= 10) return Math.round(gib).toLocaleString("en");
  return gib >= 0.1 ? gib.toFixed(1) : gib.toFixed(2);
}
