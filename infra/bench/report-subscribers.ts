import { normalize } from "../../functions/github/normalize.ts";
import { webhookExamples } from "../../functions/github/webhook-examples.ts";
import { normalize as normalizeWebpack } from "../../functions/webpack/normalize.ts";
import type { Event } from "../../shared/events/event.ts";
import { checkRunPayload } from "../emulators/github/webhooks/check-run.ts";
import { freePort } from "../emulators/lib/free-port.ts";
import { defaultGitHubState } from "../local/seed/github.ts";
import { type FunctionFolder, readFunctions } from "../manifests/read-functions.ts";
import { startBigQuerySink } from "./bigquery-sink.ts";
import { fitExponent, type Point } from "./fit-exponent.ts";
import { formatTable } from "./format-table.ts";
import {
  type FunctionTarget,
  kill,
  readCpu,
  readPeakMemory,
  startTarget,
  type Target,
} from "./measured-process.ts";
import { toPushRequest } from "./push-request.ts";
import { encodeRequest, sendLoad } from "./send-load.ts";
import { countStatements } from "./statement-counter.ts";
import { buildTargets } from "./targets.ts";
import { makeUsefulRequest } from "./useful-request.ts";
import { waitForPort } from "./wait-for-port.ts";
import { withStores } from "./with-stores.ts";

const CONNECTIONS = 50;
const SECONDS = 4;
/** BigQuery takes about this long for insertAll, so that rows have time to meet. */
const INSERT_MS = 50;
/** Events of one merge train, and bytes of one webpack report. */
const TRAIN = [1250, 2500, 5000, 10_000];
const REPORT_BYTES = [625_000, 1_250_000, 2_500_000, 5_000_000];

interface Handled {
  name: string;
  perSecond: number;
  cpuMicroseconds: number;
  p50: number;
  p99: number;
  peakMb: number;
  /** Rows of an insertAll, or round trips to Postgres of an event. */
  stored: string;
}

/** What an event costs each subscriber, and how it grows, as Markdown. */
export async function reportSubscribers(): Promise<string> {
  const targets = await buildTargets();
  const find = (name: string) => {
    const target = targets.find((candidate) => candidate.function === name);
    if (!target) throw new Error(`There is no function ${name}`);
    return target;
  };
  const metrics = await measureMetrics(find("metrics"));
  const stateful = await withStores((env) => measureStateful(targets, env));
  const table = formatTable<Handled>(
    [metrics, ...stateful],
    [
      { heading: `${CONNECTIONS} concurrent pushes`, cell: ({ name }) => name },
      { heading: "events/s", cell: ({ perSecond }) => String(Math.round(perSecond)) },
      { heading: "CPU per event", cell: (row) => `${Math.round(row.cpuMicroseconds)} us` },
      { heading: "p50", cell: ({ p50 }) => `${Math.round(p50)} ms` },
      { heading: "p99", cell: ({ p99 }) => `${Math.round(p99)} ms` },
      { heading: "peak memory", cell: ({ peakMb }) => `${Math.round(peakMb)} MB` },
      { heading: "stored", cell: ({ stored }) => stored },
    ],
  );
  return `Subscribers\n\n${table}\n\n${await reportGrowth(find("metrics"))}`;
}

/** Check runs of 12 kB; BigQuery accepts everything after 50 ms. */
async function measureMetrics(target: Target): Promise<Handled> {
  const bigquery = await startBigQuerySink(INSERT_MS);
  try {
    const handled = await measure(target, checkRunPushes(500), { BIGQUERY_EMULATOR_HOST: bigquery.url });
    const { rows, requests } = bigquery.counts;
    return { ...handled, stored: `${(rows / requests).toFixed(1)} rows per insertAll` };
  } finally {
    bigquery.stop();
  }
}

/** The subscribers with state, against the emulators: PGlite handles one statement at a time. */
async function measureStateful(targets: FunctionTarget[], env: Record<string, string>): Promise<Handled[]> {
  const functions = await readFunctions();
  const results: Handled[] = [];
  for (const folder of functions) {
    const target = targets.find((candidate) => candidate.function === folder.name);
    if (!target || !folder.manifest.database || folder.subscriptions.length === 0) continue;
    const statements = await countStatements(env.DATABASE_URL ?? "");
    const { path, headers, body } = await makeUsefulRequest(folder, functions);
    const pushes = decidesOnChecks(folder)
      ? requiredCheckPushes(500)
      : Array.from({ length: 500 }, (_, index) =>
          encodeRequest(withOtherId(body, `${folder.name}-${index}`), headers, path),
        );
    const handled = await measure(target, pushes, { ...env, DATABASE_URL: statements.url });
    results.push({
      ...handled,
      stored: `${(statements.count / handled.requests).toFixed(1)} round trips to Postgres`,
    });
    statements.stop();
  }
  return results;
}

async function measure(
  target: Target,
  pushes: Buffer[],
  env: Record<string, string>,
): Promise<Omit<Handled, "stored"> & { requests: number }> {
  const port = await freePort();
  const child = startTarget(target, port, env);
  try {
    await waitForPort(port);
    const warm = await sendLoad(port, pushes, { connections: CONNECTIONS, seconds: 1 });
    const before = readCpu(child);
    const load = await sendLoad(port, pushes, { connections: CONNECTIONS, seconds: SECONDS });
    if (load.refused > 0)
      throw new Error(`${target.name} failed on ${load.refused} of ${load.requests} events`);
    return {
      name: target.name,
      perSecond: load.requests / SECONDS,
      cpuMicroseconds: (readCpu(child) - before) / load.requests,
      p50: load.p50,
      p99: load.p99,
      peakMb: readPeakMemory(child),
      requests: warm.requests + load.requests,
    };
  } finally {
    await kill(child);
  }
}

/** How the cost of `metrics` grows with the events of a merge train, and with the size of a webpack report. */
async function reportGrowth(target: Target): Promise<string> {
  const train = await measureGrowth(target, TRAIN, (size) => ({ pushes: checkRunPushes(size), count: size }));
  const report = await measureGrowth(target, REPORT_BYTES, (size) => ({
    pushes: [encodePush(webpackReport(size), "webpack-events")],
    count: 1,
  }));
  const describe = (points: Point[]) =>
    `${points.map(({ size, cost }) => `${size.toLocaleString("en")}: ${Math.round(cost / 1000)} ms`).join(", ")}; cost grows with size^${fitExponent(points).toFixed(2)}`;
  return `CPU of \`metrics\` for a merge train of n check runs: ${describe(train)}\nCPU of \`metrics\` for a webpack report of n bytes: ${describe(report)}`;
}

/** A process for each size: the first one would warm up for the others. The cost is CPU in microseconds, without that of the start. */
async function measureGrowth(
  target: Target,
  sizes: number[],
  work: (size: number) => { pushes: Buffer[]; count: number },
): Promise<Point[]> {
  const points: Point[] = [];
  for (const size of sizes) {
    const bigquery = await startBigQuerySink();
    const port = await freePort();
    const child = startTarget(target, port, { BIGQUERY_EMULATOR_HOST: bigquery.url });
    try {
      await waitForPort(port);
      await sendLoad(port, checkRunPushes(200), { connections: 10, count: 1000 });
      const { pushes, count } = work(size);
      const before = readCpu(child);
      const { refused } = await sendLoad(port, pushes, { connections: CONNECTIONS, count });
      if (refused > 0) throw new Error(`${target.name} failed on ${refused} events of size ${size}`);
      points.push({ size, cost: readCpu(child) - before });
    } finally {
      await kill(child);
      bigquery.stop();
    }
  }
  return points;
}

function checkRunPushes(count: number): Buffer[] {
  const payload = webhookExamples
    .filter(({ event }) => event === "check_run")
    .map((example) => example.payload)
    .reduce((a, b) => (JSON.stringify(a).length >= JSON.stringify(b).length ? a : b));
  const receivedAt = new Date();
  return Array.from({ length: count }, (_, index) =>
    encodePush(normalize({ id: `train-${index}`, event: "check_run", payload, receivedAt }), "github-events"),
  );
}

/** Most check runs are none of the required check's: the examples would measure how quickly they are ignored. */
function decidesOnChecks({ subscriptions: [subscription] }: FunctionFolder): boolean {
  return subscription?.filter?.includes("check_run") ?? false;
}

/** The required check passes on the commits of the deployed branch, again and again: each decides, and most have nothing to post. */
function requiredCheckPushes(count: number): Buffer[] {
  const [, deployed] = defaultGitHubState().repositories;
  const commits = deployed?.commits ?? [];
  const receivedAt = new Date();
  return Array.from({ length: count }, (_, index) => {
    const payload = checkRunPayload({
      repository: deployed?.fullName ?? "",
      sender: "getsentry-bot",
      action: "completed",
      id: index + 1,
      name: "getsentry required checks",
      sha: commits[index % commits.length]?.sha ?? "",
      branch: "master",
      status: "completed",
      conclusion: "success",
      startedAt: receivedAt.toISOString(),
      completedAt: receivedAt.toISOString(),
      jobs: {},
    });
    const event = normalize({ id: `check-${index}`, event: "check_run", payload, receivedAt });
    return encodePush(event, "github-events");
  });
}

function webpackReport(bytes: number): Event {
  const asset = (index: number) => ({
    pull_request_number: 1,
    commit: "a".repeat(40),
    file: `chunk-${String(index).padStart(8, "0")}.js`,
    entrypointName: "app",
    size: index,
    environment: "production",
  });
  const count = Math.floor(bytes / JSON.stringify(asset(0)).length);
  const body = Array.from({ length: count }, (_, index) => asset(index));
  return normalizeWebpack({ id: `report-${bytes}`, body, receivedAt: new Date() });
}

function encodePush(event: Event, topic: string): Buffer {
  const { path, headers, body } = toPushRequest(event, topic);
  return encodeRequest(body, headers, path);
}

/** The same event under another id: a subscriber handles an id once. */
function withOtherId(push: Buffer, id: string): Buffer {
  const { subscription, message } = JSON.parse(push.toString());
  const event = JSON.parse(Buffer.from(message.data, "base64").toString());
  const data = Buffer.from(JSON.stringify({ ...event, id })).toString("base64");
  const attributes = { ...message.attributes, "ce-id": id };
  return Buffer.from(
    JSON.stringify({ subscription, message: { ...message, data, attributes, messageId: id } }),
  );
}
