import { bigqueryDir, readTables, readViews } from "../bigquery/definitions.ts";
import type { LocalSuite } from "../local/client.ts";

/**
 * Prints responses and stored events by source, and the number of rows of each table and view.
 *
 * @param responses number of responses by source and status
 * @returns whether a delivery was rejected or an event is in a dead-letter queue
 */
export async function printSummary(
  suite: LocalSuite,
  responses: Map<string, Map<number, number>>,
): Promise<boolean> {
  const stored = await suite.query<{ source: string; n: number }>(
    "SELECT source, COUNT(*) AS n FROM product_eng.events_deduplicated GROUP BY source",
  );
  const events = new Map(stored.map(({ source, n }) => [source, n]));
  console.log("\nsource              responses               stored events");
  for (const [source, counts] of [...responses].sort()) {
    const statuses = [...counts].sort().map(([status, n]) => `${status} × ${n}`);
    console.log(`${source.padEnd(19)} ${statuses.join(", ").padEnd(23)} ${events.get(source) ?? 0}`);
  }

  console.log("\ntable or view                                    rows");
  const tables = (await readTables(bigqueryDir)).map(({ dataset, table }) => `${dataset}.${table}`);
  const views = (await readViews(bigqueryDir)).map(({ dataset, view }) => `${dataset}.${view}`);
  for (const name of [...tables, ...views]) {
    const [row] = await suite.query<{ n: number }>(`SELECT COUNT(*) AS n FROM ${name}`);
    console.log(`${name.padEnd(48)} ${row?.n ?? 0}`);
  }

  const deadLettered = (await suite.events()).filter(({ subscribers }) =>
    subscribers.some(({ outcome }) => outcome === "dead-lettered"),
  );
  if (deadLettered.length > 0)
    console.log(`\n${deadLettered.length} events are in a dead-letter queue: ${suite.url}/_local/events`);
  const rejected = [...responses.values()].some((counts) =>
    [...counts.keys()].some((status) => status >= 300),
  );
  return rejected || deadLettered.length > 0;
}
