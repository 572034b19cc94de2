import { type FunctionFolder, readFunctions } from "../manifests/read-functions.ts";
import { assumptions, eventsPerDay, type Scale } from "./assumptions.ts";
import { monthlyCosts } from "./monthly-costs.ts";
import type { QueryCosts } from "./queries-table.ts";

const scales = Object.keys(eventsPerDay) as Scale[];

/** The costs of a month as a Markdown table with its assumptions. */
export async function costsTable(queries: Record<Scale, QueryCosts>): Promise<string> {
  const functions: FunctionFolder[] = await readFunctions();
  const columns = scales.map((scale) => monthlyCosts(scale, functions, queries[scale].day));
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
${assumptions.monthsKept} months of rows kept, a refresh of the facts every ${assumptions.refreshMinutes} minutes, each dashboard opened ${scales.map((scale) => assumptions.dashboardOpeningsPerDay[scale]).join(", ")} times a day.`;
}

function row(name: string, amounts: number[]): string {
  return `| ${name} | ${amounts.map((amount) => Math.round(amount).toLocaleString("en")).join(" | ")} |`;
}
