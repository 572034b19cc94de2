import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runMain, UsageError } from "../cli/run-main.ts";
import { formatMatrix, listUntested, type RoundResult } from "./compare.ts";
import { listCells, type Part, parts, planRounds } from "./schedule.ts";
import { tellStory } from "./story.ts";

const EVENTS_PER_ROUND = tellStory(0, 0, "").phases.flat().length;

const usage = `Usage: npm run faults [-- --events <n>] [--seed <n>] [--part <part>]

Starts the suite as it is deployed, a process for each function, and lets each of its parts fail before and after each step while
events arrive. Prints, for each part and fault, events that were lost, and rows and Slack messages that are doubled or missing.
Exits 1 unless all of them are 0.
  --events <n>   sends at least this many events; by default as many as it takes to try every fault once
  --seed <n>     chooses the order of the faults (1)
  --part <part>  lets this part fail only: ${parts.join(", ")}
  -h, --help     shows this text`;

const options = {
  events: { type: "string" },
  seed: { type: "string", default: "1" },
  part: { type: "string" },
} as const;

await runMain({ usage, options }, async ({ values }) => {
  const cells = listCells(readPart(values.part));
  const events =
    values.events === undefined ? cells.length * EVENTS_PER_ROUND : readNumber("events", values.events);
  const rounds = planRounds(cells, Math.ceil(events / EVENTS_PER_ROUND), readNumber("seed", values.seed));
  const began = Date.now();
  // The functions' processes end with this one.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
  const dir = await mkdtemp(join(tmpdir(), "faults-"));
  // Loading the suite takes seconds. Arguments are checked before.
  const { runMatrix } = await import("./run-matrix.ts");
  const { results, unattributed } = await runMatrix(dir, rounds, printRound);
  console.log(`\n${formatMatrix(results)}\n`);
  const problems = [
    ...results.flatMap(({ part, step, fault, nth, differences }) =>
      differences.map((text) => `${part} ${step} ${fault}, request ${nth + 1}: ${text}`),
    ),
    ...unattributed,
    ...listUntested(results).map((cell) => `${cell}: no request met this fault`),
  ];
  for (const problem of problems) console.log(problem);
  const seconds = Math.round((Date.now() - began) / 1000);
  if (problems.length > 0)
    throw new Error(`${problems.length} problems after ${seconds} s; the functions' logs are in ${dir}`);
  console.log(`Nothing lost, doubled or missing. ${seconds} s, seed ${values.seed}.`);
  await rm(dir, { recursive: true });
  // The clients of this process keep connections open.
  process.exit();
});

function printRound({ part, step, fault, hits, differences }: RoundResult) {
  console.log(
    `${part} ${step} ${fault}: met ${hits} times${differences.length > 0 ? `; ${differences.join("; ")}` : ""}`,
  );
}

function readPart(value: string | undefined): Part | undefined {
  const part = parts.find((candidate) => candidate === value);
  if (value !== undefined && part === undefined)
    throw new UsageError(`--part must be one of ${parts.join(", ")}`);
  return part;
}

function readNumber(name: string, value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1)
    throw new UsageError(`--${name} must be a whole number above 0`);
  return number;
}
