import { cpus } from "node:os";
import { runMain, UsageError } from "../cli/run-main.ts";
import { reportConsole } from "./report-console.ts";
import { reportDecisions } from "./report-decisions.ts";
import { reportFirstResponses } from "./report-first-responses.ts";
import { reportIngest } from "./report-ingest.ts";
import { reportSubscribers } from "./report-subscribers.ts";
import { reportWarehouse } from "./report-warehouse.ts";

const usage = `Usage: npm run bench [-- <part>…] [--rounds <n>]

Measures the functions as they are deployed, beside the same work written by hand, and prints tables with ratios. The variants take turns:
on a shared machine only the ratios within one run mean something. Linux only: it reads /proc.
  ingest          CPU and memory of a delivery from the request to the confirmed publish
  first-response  time from the start of a process to its first useful response, of every function
  subscribers     events per second and CPU of an event, rows per insertAll, and how both grow with the number and size of events
  decisions       time from a failed check to the message in Slack, in the whole suite
  warehouse       time and memory of the facts of a million raw rows, and of every dashboard on them
  console         time until each page of the console is loaded in Chromium, with 100,000 deliveries in the log
  --rounds <n>    rounds of each measurement (3)
  -h, --help      shows this text
Without a part, all of them are measured, in about a quarter of an hour.`;

const parts: Record<string, (rounds: number) => Promise<string>> = {
  ingest: reportIngest,
  "first-response": reportFirstResponses,
  subscribers: reportSubscribers,
  decisions: reportDecisions,
  warehouse: reportWarehouse,
  console: reportConsole,
};

const options = { rounds: { type: "string", default: "3" } } as const;

await runMain({ usage, options, allowPositionals: true }, async ({ values, positionals }) => {
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new UsageError("--rounds must be a whole number above 0");
  const chosen = positionals.length > 0 ? positionals : Object.keys(parts);
  const reports = chosen.map((name) => {
    const report = parts[name];
    if (!report) throw new UsageError(`${name} is not one of ${Object.keys(parts).join(", ")}`);
    return report;
  });
  console.log(`Node ${process.versions.node}, ${cpus().length} x ${cpus()[0]?.model.trim()}\n`);
  for (const report of reports) console.log(`${await report(rounds)}\n`);
  // Clients of the measured functions' stores keep connections open.
  process.exit();
});
