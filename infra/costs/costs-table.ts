import { type FunctionFolder, readFunctions } from "../manifests/read-functions.ts";
import { assumptions, eventsPerDay, type Scale } from "./assumptions.ts";
import { monthlyCosts, queryCost } from "./monthly-costs.ts";

const scales = Object.keys(eventsPerDay) as Scale[];

/** The costs of a month as a Markdown table with its assumptions. */
export async function costsTable(): Promise<string> {
  const functions: FunctionFolder[] = await readFunctions();
  const columns = scales.map((scale) => monthlyCosts(scale, functions));
  const products = Object.keys(columns[0] ?? {});
  const rows = products.map((product) =>
    row(
      product,
      columns.map((costs) => costs[product] ?? 0),
    ),
  );
  const totals = columns.map((costs) => Object.values(costs).reduce((sum, cost) => sum + cost, 0));
  return `| US dollars a month | ${scales.map((scale) => `${eventsPerDay[scale].toLocaleString("en")} events a day`).join(" | ")} |
| --- | ${scales.map(() => "---:").join(" | ")} |
${rows.join("\n")}
${row("**together**", totals)}

Assumed: ${assumptions.eventKb} kB an event, ${assumptions.rowsPerEvent} rows, ${assumptions.subscriberSeconds * 1000} ms of a subscriber's instance,
${assumptions.monthsKept} months of rows kept.

Queries are not in the table. BigQuery bills the bytes that a query reads, and a view over raw rows reads the whole history of its tables: at most
${scales.map((scale) => dollars(queryCost(scale))).join(", ")} dollars a query once the months are full. The first TiB of a month is free.`;
}

function dollars(amount: number): string {
  return amount.toLocaleString("en", { maximumFractionDigits: 2 });
}

function row(name: string, amounts: number[]): string {
  return `| ${name} | ${amounts.map((amount) => Math.round(amount).toLocaleString("en")).join(" | ")} |`;
}
