import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { runMain } from "../cli/run-main.ts";
import { costsTable } from "./costs-table.ts";
import { queriesTable, queryCosts } from "./queries-table.ts";
import { replaceTables } from "./replace-tables.ts";

const usage = `Usage: npm run costs -- [--write]

Prints the costs of a month at Google's list prices, and what queries read, for three volumes of events. It measures the columns of GitHub's example payloads
in a local warehouse. infra/costs/assumptions.ts and infra/costs/rows-per-event.ts hold the assumptions.
  --write   puts the tables into docs/setup.md too`;

const lookerDir = fileURLToPath(new URL("../looker/", import.meta.url));
const setup = new URL("../../docs/setup.md", import.meta.url);

await runMain({ usage, options: { write: { type: "boolean", default: false } } }, async ({ values }) => {
  const queries = await queryCosts(lookerDir);
  const tables = { costs: await costsTable(queries), queries: queriesTable(queries) };
  console.log(`${tables.costs}\n\n${tables.queries}`);
  if (values.write) await writeFile(setup, replaceTables(await readFile(setup, "utf8"), tables));
});
