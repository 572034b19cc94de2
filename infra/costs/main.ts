import { fileURLToPath } from "node:url";
import { runMain } from "../cli/run-main.ts";
import { costsTable } from "./costs-table.ts";
import { queriesTable, queryCosts } from "./queries-table.ts";

const usage = `Usage: npm run costs

Prints the costs of a month at Google's list prices, and what queries read, for three volumes of events. It measures the columns of GitHub's example payloads
in a local warehouse. infra/costs/assumptions.ts and infra/costs/rows-per-event.ts hold the assumptions.`;

const lookerDir = fileURLToPath(new URL("../looker/", import.meta.url));

await runMain({ usage, options: {} }, async () => {
  const queries = await queryCosts(lookerDir);
  console.log(await costsTable(queries));
  console.log(`\n${queriesTable(queries)}`);
});
