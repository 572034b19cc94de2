import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runMain, UsageError } from "../cli/run-main.ts";
import { parts } from "../faults/schedule.ts";
import { type DrillResult, formatResults, formatRollback } from "./drill-result.ts";

const exercises = [...parts, "rollback"];

const usage = `Usage: npm run drill [-- --deliveries <n>] [--part <part>] [--hour-seconds <n>]

Starts the suite as it is deployed, a process for each function, and lets each of its parts fail for an hour in which GitHub delivers 1,000
events; then does what the runbook says: redelivery, dead letters, replay. In the last hour an earlier build, of the last commit with other
bundles of the functions that GitHub's deliveries meet, replaces all functions. Prints what was lost or doubled, and how long the
recovery took. Exits 1 unless nothing was. An hour lasts 30 seconds: backoffs and schedules are as much shorter.
  --deliveries <n>    events in each hour (1000)
  --part <part>       lets this part fail only: ${exercises.join(", ")}
  --hour-seconds <n>  how long an hour lasts (30)`;

const options = {
  deliveries: { type: "string", default: "1000" },
  part: { type: "string" },
  "hour-seconds": { type: "string", default: "30" },
} as const;

await runMain({ usage, options }, async ({ values }) => {
  const { part } = values;
  if (part !== undefined && !exercises.includes(part))
    throw new UsageError(`--part must be one of ${exercises.join(", ")}`);
  const deliveries = readNumber("deliveries", values.deliveries);
  const hourMs = readNumber("hour-seconds", values["hour-seconds"]) * 1000;
  const began = Date.now();
  // The functions' processes end with this one.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
  const dir = await mkdtemp(join(tmpdir(), "drill-"));
  // Loading the suite takes seconds. Arguments are checked before.
  const { exercises: all, runDrill } = await import("./run-drill.ts");
  const chosen = all.filter((exercise) => part === undefined || exercise === part);
  const onResult = ({ exercise, failures, refused, replayed, lost, doubled, rollback }: DrillResult) => {
    if (rollback) console.log(formatRollback(rollback));
    console.log(
      `${exercise}: ${failures} failures, ${refused} deliveries refused, ${replayed} dead letters replayed, lost ${lost}, doubled ${doubled}`,
    );
  };
  const results = await runDrill(dir, { deliveries, hourMs, exercises: chosen, onResult });
  console.log(`\n${formatResults(results)}\n`);
  const idle = results.filter(({ failures }) => failures === 0);
  if (idle.length > 0)
    throw new Error(`No request met the outage of ${idle.map(({ exercise }) => exercise).join(", ")}`);
  const problems = results.filter(({ lost, doubled }) => lost + doubled > 0);
  if (problems.length > 0) throw new Error(`Not all is well; the functions' logs are in ${dir}`);
  console.log(`Nothing lost, nothing doubled. ${Math.round((Date.now() - began) / 1000)} s.`);
  await rm(dir, { recursive: true });
  // The clients of this process keep connections open.
  process.exit();
});

function readNumber(name: string, value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1)
    throw new UsageError(`--${name} must be a whole number above 0`);
  return number;
}
