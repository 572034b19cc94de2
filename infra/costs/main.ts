import { runMain } from "../cli/run-main.ts";
import { costsTable } from "./costs-table.ts";

const usage = `Usage: npm run costs

Prints the costs of a month at Google's list prices, for three volumes of events. infra/costs/assumptions.ts holds the assumptions.`;

await runMain({ usage, options: {} }, async () => {
  console.log(await costsTable());
});
