import { formatTable } from "../bench/format-table.ts";
import { runMain, UsageError } from "../cli/run-main.ts";
import { readFunctions } from "../manifests/read-functions.ts";
import { findChanges } from "./find-changes.ts";
import { simulateSuite } from "./simulate-suite.ts";

const usage = `Usage: npm run simulate [-- --events-per-day <n>]

Simulates a busy day second by second: a Monday morning, merge trains of 10,000 events in a minute, Cloud Run's autoscaler with the settings of
each function.json, and the quotas of Pub/Sub, BigQuery and Slack. Lists from which load on a setting must change.
infra/simulate/measured.ts has the measurements and assumptions, \`npm run costs\` the costs.
  --events-per-day <n>  events of the day (1000000)
  -h, --help            shows this text`;

const options = { "events-per-day": { type: "string", default: "1000000" } } as const;

await runMain({ usage, options }, async ({ values }) => {
  const events = Number(values["events-per-day"]);
  if (!(events >= 1)) throw new UsageError("--events-per-day must be a number above 0");
  const functions = await readFunctions();
  const { functions: simulated, uses } = simulateSuite(functions, events);
  const number = (value: number) => Math.round(value).toLocaleString("en");
  console.log(`${number(events)} events a day\n`);
  console.log(
    formatTable(simulated, [
      { heading: "function", cell: ({ name }) => name },
      { heading: "events/s at the peak", cell: ({ peakPerSecond }) => peakPerSecond.toFixed(1) },
      {
        heading: "instances at the peak",
        cell: ({ peakInstances, settings }) => `${peakInstances} of ${settings.maxInstances}`,
      },
      { heading: "cold starts", cell: ({ startedInstances }) => number(startedInstances) },
      { heading: "longest wait", cell: ({ longestWait }) => `${longestWait.toFixed(1)} s` },
      { heading: "429", cell: ({ refused }) => number(refused) },
      { heading: "busy hours", cell: ({ busySeconds }) => (busySeconds / 3600).toFixed(1) },
    ]),
  );
  console.log(
    `\n${formatTable(uses, [
      { heading: "quota", cell: ({ limit }) => limit },
      { heading: "at the peak", cell: ({ used }) => used.toFixed(2) },
      { heading: "allowed", cell: ({ allowed }) => number(allowed) },
    ])}`,
  );
  const changes = findChanges(functions).map(
    ({ eventsPerDay, what }) => `from ${number(eventsPerDay)} events a day: ${what}`,
  );
  console.log(`\n${changes.join("\n") || "No setting has to change up to 500,000,000 events a day."}`);
});
