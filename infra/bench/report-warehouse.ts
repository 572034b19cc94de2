import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BigQuery } from "@google-cloud/bigquery";
import type { TableRow } from "../../shared/bigquery/row-writer.ts";
import { exampleMonth, MONTH_END } from "../bigquery/zetasql/example-month.ts";
import { LocalSuite } from "../local/client.ts";
import { startSuite } from "../local/suite.ts";
import { readLookerProject } from "../looker/read-project.ts";
import { copyRows } from "./copy-rows.ts";
import { formatTable } from "./format-table.ts";

const lookerDir = fileURLToPath(new URL("../looker/", import.meta.url));
const RAW_ROWS = 1_000_000;
const MONTHS = 12;
const MONTH_MS = 30 * 86_400_000;
/** A request of insertAll has at most 10 MB. */
const ROWS_PER_INSERT = 2000;

interface Page {
  name: string;
  first: number;
  again: number;
}

/** Time and memory of merging a million raw rows, spread over a year, into the facts, and of the dashboards on them, in the suite on this machine. */
export async function reportWarehouse(): Promise<string> {
  process.env.LOG_LEVEL ??= "ERROR";
  const dataDir = await mkdtemp(join(tmpdir(), "bench-"));
  const suite = await startSuite({ port: 0, dataDir, clock: false });
  const local = new LocalSuite(suite.url);
  try {
    const rows = await fill(new BigQuery({ projectId: "local" }));
    const before = process.memoryUsage.rss();
    const began = performance.now();
    await local.runSchedule("refresh-facts");
    const seconds = (performance.now() - began) / 1000;
    const again = performance.now();
    await local.runSchedule("refresh-facts");
    const idle = (performance.now() - again) / 1000;
    const megabytes = Math.round((process.memoryUsage.rss() - before) / 2 ** 20);
    const pages = await measurePages(suite.url);
    const table = formatTable<Page>(pages, [
      { heading: `dashboard, a year of ${rows} raw rows`, cell: ({ name }) => name },
      { heading: "first", cell: ({ first }) => `${Math.round(first)} ms` },
      { heading: "again", cell: ({ again }) => `${Math.round(again)} ms` },
    ]);
    return [
      `Facts of ${rows} raw rows: ${seconds.toFixed(1)} s, ${megabytes} MB more than before; the refresh after it: ${idle.toFixed(1)} s`,
      `Dashboards (aim: each below 1 s)\n\n${table}`,
    ].join("\n\n");
  } finally {
    await suite.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Stores copies of the example month, which ends now and begins a year earlier. @returns the number of raw rows */
async function fill(bigquery: BigQuery): Promise<number> {
  const month = exampleMonth(1);
  const toNow = Date.now() - Date.parse(MONTH_END);
  const waiting = new Map<string, TableRow[]>();
  let count = 0;
  const insert = async (name: string, least: number) => {
    const rows = waiting.get(name) ?? [];
    const [{ dataset = "", table = "" } = {}] = rows;
    while (rows.length >= least && rows.length > 0) {
      const batch = rows.splice(0, ROWS_PER_INSERT);
      await bigquery
        .dataset(dataset)
        .table(table)
        .insert(batch.map(({ row }) => row));
    }
  };
  for (let copy = 0; count < RAW_ROWS; copy++) {
    const copied = copyRows(month, copy, toNow - (copy % MONTHS) * MONTH_MS);
    for (const row of copied.slice(0, RAW_ROWS - count)) {
      const name = `${row.dataset}.${row.table}`;
      const rows = waiting.get(name);
      if (rows) rows.push(row);
      else waiting.set(name, [row]);
      count++;
    }
    for (const name of waiting.keys()) await insert(name, ROWS_PER_INSERT);
  }
  for (const name of waiting.keys()) await insert(name, 1);
  return count;
}

/** The whole page of each dashboard, with its queries: its first request, and the median of three others. */
async function measurePages(url: string): Promise<Page[]> {
  const { dashboards } = await readLookerProject(lookerDir);
  const pages: Page[] = [];
  for (const { dashboard, title } of dashboards) {
    const times: number[] = [];
    for (let request = 0; request < 4; request++) {
      const began = performance.now();
      const response = await fetch(`${url}/dashboards/${dashboard}`);
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`${title} responded with ${response.status}`);
      times.push(performance.now() - began);
    }
    const [first = 0, ...others] = times;
    pages.push({ name: title, first, again: others.sort((a, b) => a - b)[1] ?? 0 });
  }
  return pages;
}
