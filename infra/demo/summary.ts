import { bigqueryDir, readTables, readViews } from "../bigquery/definitions.ts";
import type { LocalSuite } from "../local/client.ts";
import { planHistory } from "./history/plan-history.ts";
import { plantedFailures } from "./history/planted-failures.ts";

/**
 * Prints responses and stored events by source, the number of rows of all tables, facts and views, and where to look first.
 *
 * @param date of the demo's day, YYYY-MM-DD
 * @param responses number of responses by source and status
 * @returns the number of events in the dead-letter queue
 */
export async function printSummary(
  suite: LocalSuite,
  date: string,
  responses: Map<string, Map<number, number>>,
): Promise<number> {
  const stored = await suite.query<{ source: string; n: number }>(
    "SELECT source, COUNT(*) AS n FROM product_eng.events_deduplicated GROUP BY source",
  );
  const events = new Map(stored.map(({ source, n }) => [source, n]));
  console.log("\nsource              responses               stored events");
  for (const [source, counts] of [...responses].sort()) {
    const statuses = [...counts].sort().map(([status, n]) => `${status} × ${n}`);
    console.log(`${source.padEnd(19)} ${statuses.join(", ").padEnd(23)} ${events.get(source) ?? 0}`);
  }

  const all = (await readTables(bigqueryDir)).map(({ dataset, table }) => `${dataset}.${table}`);
  const isFromFacts = (name: string) => /_(facts|summaries)$/.test(name);
  const tables = all.filter((name) => !isFromFacts(name));
  const facts = all.filter(isFromFacts);
  const views = (await readViews(bigqueryDir)).map(({ dataset, view }) => `${dataset}.${view}`);
  console.log(`\n${await countRows(suite, tables)} rows in ${tables.length} tables`);
  console.log(`${await countRows(suite, facts)} rows in ${facts.length} tables of facts and summaries`);
  console.log(`${await countRows(suite, views)} rows in ${views.length} views`);

  console.log(await compareFailures(suite, date));

  console.log(`
A red build in Slack       ${suite.url}/slack/C0ENG
Deploys with their rows    ${suite.url}/?source=freight
A refused delivery         ${suite.url}/?response=4xx`);

  const deadLettered = (await suite.events()).filter(({ subscribers }) =>
    subscribers.some(({ outcome }) => outcome === "dead-lettered"),
  ).length;
  if (deadLettered > 0)
    console.log(`Dead-lettered events: ${deadLettered}     ${suite.url}/?outcome=dead-lettered`);
  return deadLettered;
}

/** Change failure rate of the month before the demo's day, as the metrics have it and as the demo plants it. */
async function compareFailures(suite: LocalSuite, date: string): Promise<string> {
  const plan = planHistory(date);
  const planted = plantedFailures(plan);
  const last = Math.max(
    ...plan.deploys.filter(({ environment }) => environment === "production").map(({ number }) => number),
  );
  const [measured] = await suite.query<{ changes: number; failed: number }>(
    `SELECT COUNTIF(kind = 'change') AS changes, COUNTIF(change_failed) AS failed
     FROM product_eng.deployments WHERE app = 'getsentry' AND number <= ${last}`,
  );
  const reasons = planted.failures.map(({ number, reason }) => `#${number} by ${reason}`).join(", ");
  return `\nChange failure rate of the month: ${measured?.failed} of ${measured?.changes} changes
The demo plants ${planted.failures.length} of ${planted.changes}: ${reasons}`;
}

async function countRows(suite: LocalSuite, names: string[]): Promise<number> {
  let count = 0;
  for (const name of names) {
    const [row] = await suite.query<{ n: number }>(`SELECT COUNT(*) AS n FROM ${name}`);
    count += row?.n ?? 0;
  }
  return count;
}
