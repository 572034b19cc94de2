import { existsSync } from "node:fs";
import { SingleBar } from "cli-progress";
import { runMain } from "../cli/run-main.ts";
import { LocalSuite } from "../local/client.ts";
import { provideLocalSecrets } from "../local/secrets.ts";
import { type Suite, startSuite } from "../local/suite.ts";
import { readFunctions } from "../manifests/read-functions.ts";
import { post, signFor } from "../send/send.ts";
import { demoDay } from "./day.ts";
import { type DemoDelivery, demoHeader, type Scene } from "./delivery.ts";
import { demoHistory } from "./history/history.ts";
import { printSummary } from "./summary.ts";

interface Responses {
  /** Number of responses by source and status. */
  counts: Map<string, Map<number, number>>;
  /** Number of responses other than 2xx, or 401 to a wrong signature. */
  unexpected: number;
}

/** Deliveries in flight at the same time. */
const CONCURRENCY = 8;

const usage = `Usage: npm run demo [-- --exit]

Sends a month of invented, signed webhooks to the suite that is running, or starts one.
  --exit      stops the suite at the end
  -h, --help  shows this text
PORT sets the port (3000).`;

await runMain({ usage, options: { exit: { type: "boolean", default: false } } }, ({ values }) =>
  sendDemo(values.exit),
);

async function sendDemo(exit: boolean) {
  if (existsSync(".env")) process.loadEnvFile(".env");
  process.env.LOG_LEVEL ||= "ERROR";
  provideLocalSecrets(await readFunctions());
  const port = Number(process.env.PORT || 3000);

  const running = await LocalSuite.find(`http://localhost:${port}`);
  // Its people, repositories and channels are those of the repository's own file.
  process.env.CI_TOOLING_CONFIG = "";
  const started = running ? undefined : await startSuite({ port, dataDir: ".local" });
  const local = running ?? new LocalSuite(started?.url ?? "");
  console.log(running ? `Found a running suite: ${local.url}` : `Started the suite: ${local.url}`);

  const requestedDate = yesterday();
  const date = await local.chooseDemoDate(requestedDate);
  if (date !== requestedDate)
    console.log(
      `The suite has the demo of ${date} already. Sending it again. To delete it: npm start -- --fresh`,
    );
  console.log(`Sending demo data: ${date} and the month before it. All people are invented.`);
  const responses = await sendScenes(local, [...demoHistory(date), ...demoDay(date, local)]);
  const deadLettered = await printSummary(local, date, responses.counts);
  const failed = responses.unexpected > 0 || deadLettered > 0;
  if (failed) process.exitCode = 1;
  if (!started) console.log(`\nDashboards: ${dashboardUrl(local)}`);
  else if (exit) await started.stop();
  else stayUntilStopped(started);
}

async function sendScenes(suite: LocalSuite, scenes: Scene[]): Promise<Responses> {
  const folders = new Map((await readFunctions()).map((folder) => [folder.name, folder]));
  const bar = new SingleBar({
    format: "{bar} {value}/{total} {label}",
    hideCursor: true,
    noTTYOutput: true,
    notTTYSchedule: 5000,
  });
  bar.start(scenes.flat().length, 0, { label: "" });
  const responses: Responses = { counts: new Map(), unexpected: 0 };
  const sendOne = async (delivery: DemoDelivery) => {
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
    const isExpected = delivery.secret === undefined ? status < 300 : status === 401;
    if (!isExpected) responses.unexpected++;
    const counts = responses.counts.get(delivery.source) ?? new Map<number, number>();
    responses.counts.set(delivery.source, counts.set(status, (counts.get(status) ?? 0) + 1));
  };
  for (const scene of scenes) {
    const waiting = scene[Symbol.iterator]();
    const worker = async () => {
      for (const delivery of waiting) await sendOne(delivery);
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, worker));
    await suite.idle(60_000, { facts: "later" });
  }
  await suite.idle();
  bar.update({ label: "" });
  bar.stop();
  return responses;
}

/** The newest day of which all deliveries are in the past. */
function yesterday(): string {
  return new Date(Date.now() - 24 * 60 * 60_000).toISOString().slice(0, 10);
}

function dashboardUrl({ url }: { url: string }): string {
  return `${url}/dashboards/delivery`;
}

function stayUntilStopped(suite: Suite) {
  console.log(`\nDashboards: ${dashboardUrl(suite)}   (Ctrl-C stops the suite)`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void suite.stop().then(() => process.exit()));
  }
}
