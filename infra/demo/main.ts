import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { SingleBar } from "cli-progress";
import { LocalSuite } from "../local/client.ts";
import { provideLocalSecrets } from "../local/secrets.ts";
import { type Suite, startSuite } from "../local/suite.ts";
import { readFunctions } from "../manifests/read-functions.ts";
import { post, signFor } from "../send/send.ts";
import { demoDay } from "./day.ts";
import { type DemoDelivery, demoHeader, type Scene } from "./delivery.ts";
import { demoHistory } from "./history/history.ts";
import { printSummary } from "./summary.ts";

/** How often each source gave each status. */
type Answers = Map<string, Map<number, number>>;

/** Deliveries that are under way at once; GitHub sends many at a time as well. */
const CONCURRENCY = 8;

if (existsSync(".env")) process.loadEnvFile(".env");
const { values } = parseArgs({ options: { exit: { type: "boolean", default: false } } });
process.env.LOG_LEVEL ||= "ERROR";
provideLocalSecrets();
const port = Number(process.env.PORT || 3000);

const running = await LocalSuite.find(`http://localhost:${port}`);
const started = running ? undefined : await startSuite({ port, dataDir: ".local" });
const local = running ?? new LocalSuite(started?.url ?? "");
console.log(
  running ? `Sending to the suite that is running at ${local.url}` : `ci-tooling is running at ${local.url}`,
);

const wished = yesterday();
const date = await local.chooseDemoDate(wished);
if (date !== wished)
  console.log(`It has the demo of ${date}, which is sent again; npm start -- --fresh begins without one.`);
console.log(`Demo data: the day ${date} and the month before it, of people who do not exist.`);
const answers = await sendScenes(local, [...demoHistory(date), ...demoDay(date, local)]);
const failed = await printSummary(local, answers);
if (failed) process.exitCode = 1;
if (!started) console.log(`\nLook at it: ${dashboards(local)}`);
else if (values.exit) await started.stop();
else stayUntilStopped(started);

async function sendScenes(suite: LocalSuite, scenes: Scene[]): Promise<Answers> {
  const folders = new Map((await readFunctions()).map((folder) => [folder.name, folder]));
  const bar = new SingleBar({
    format: "{bar} {value}/{total} {label}",
    hideCursor: true,
    noTTYOutput: true,
    notTTYSchedule: 5000,
  });
  bar.start(scenes.flat().length, 0, { label: "" });
  const answers: Answers = new Map();
  const one = async (delivery: DemoDelivery) => {
    const folder = folders.get(delivery.source);
    if (!folder) throw new Error(`There is no function ${delivery.source}`);
    const body = Buffer.isBuffer(delivery.body) ? delivery.body : await delivery.body();
    bar.increment({ label: delivery.label });
    if (!body) return;
    const headers = await signFor(folder, { ...delivery, body });
    const { status } = await post(
      `${suite.url}/${delivery.source}`,
      { ...headers, [demoHeader]: "true" },
      body,
    );
    const counts = answers.get(delivery.source) ?? new Map<number, number>();
    answers.set(delivery.source, counts.set(status, (counts.get(status) ?? 0) + 1));
  };
  for (const scene of scenes) {
    const waiting = scene[Symbol.iterator]();
    const worker = async () => {
      for (const delivery of waiting) await one(delivery);
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, worker));
    await suite.idle();
  }
  bar.update({ label: "" });
  bar.stop();
  return answers;
}

/** All of it is in the past then. */
function yesterday(): string {
  return new Date(Date.now() - 24 * 60 * 60_000).toISOString().slice(0, 10);
}

/** Where the month can be seen at a glance. */
function dashboards({ url }: { url: string }): string {
  return `${url}/dashboards/delivery`;
}

function stayUntilStopped(suite: Suite) {
  console.log(`\nLook at it: ${dashboards(suite)}   (Ctrl-C stops it)`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void suite.stop().then(() => process.exit()));
  }
}
