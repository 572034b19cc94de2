import { mkdtemp } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { BigQuery } from "@google-cloud/bigquery";
import { PubSub } from "@google-cloud/pubsub";
import { appLog } from "../../functions/redeliver/delivery-log.ts";
import { findHeldEvents } from "../../functions/redeliver/find-held.ts";
import { redeliver } from "../../functions/redeliver/redeliver.ts";
import { RowWriter } from "../../shared/bigquery/row-writer.ts";
import { DeadLetterQueue } from "../../shared/dead-letters/dead-letter-queue.ts";
import { appClient } from "../../shared/github/installation-client.ts";
import { addDelivery, type HookDelivery } from "../emulators/github/deliveries/delivery-log.ts";
import { ArmedFault } from "../faults/armed-fault.ts";
import { type Deployment, startDeployment } from "../faults/deployment.ts";
import { parts } from "../faults/schedule.ts";
import { defaultGitHubState } from "../local/seed/github.ts";
import { listSubscribers } from "../manifests/read-functions.ts";
import { post, signFor } from "../send/send.ts";
import { type DrillResult, judge, type Rollback } from "./drill-result.ts";
import {
  buildEarlierRelease,
  listChanged,
  type Release,
  readPresentName,
  readRelease,
} from "./earlier-release.ts";
import { type HookEvent, hourOfDeliveries } from "./hour-of-deliveries.ts";
import { ScaledClock, scalePolicy } from "./scaled-clock.ts";

/** Parts that fail for an hour, and the rollback of a release: every function's process is replaced by one of an earlier build. */
export const exercises = [...parts, "rollback"] as const;
export type Exercise = (typeof exercises)[number];

/** Minutes between two runs of redeliver. */
const REDELIVER_MINUTES = 5;
/** GitHub terminates the connection after 10 s. */
const GITHUB_TIMEOUT_MS = 10_000;
/** Deliveries in flight: GitHub does not wait for one before it sends the next. */
const CONCURRENCY = 200;
/** Minutes of the scaled clock after which an exercise has failed to recover. */
const LONGEST_RECOVERY_MINUTES = 48 * 60;

export interface DrillOptions {
  /** Deliveries in each hour. */
  deliveries: number;
  /** Milliseconds that an hour lasts. */
  hourMs: number;
  exercises: readonly Exercise[];
  onResult: (result: DrillResult) => void;
}

interface Drill {
  /** Name of the release that was built for the drill. */
  present: string;
  /** Of `runDrill`. */
  dir: string;
  deployment: Deployment;
  armed: ArmedFault;
  clock: ScaledClock;
  queue: DeadLetterQueue;
}

/**
 * Starts the suite as it is deployed, and lets each part fail for an hour of a scaled clock while GitHub delivers. Afterwards it does what the
 * runbook says: redelivery, and replay of the dead letters.
 *
 * @param dir empty directory for the built functions and their logs
 * @throws {Error} if the suite does not recover within two days of the scaled clock
 */
export async function runDrill(dir: string, options: DrillOptions): Promise<DrillResult[]> {
  // Another commit may be checked out meanwhile.
  const present = options.exercises.includes("rollback") ? await readPresentName() : "";
  const armed = new ArmedFault();
  const clock = new ScaledClock(options.hourMs);
  const github = defaultGitHubState();
  const deployment = await startDeployment(dir, github, armed, scalePolicy(clock.factor));
  const queue = new DeadLetterQueue({
    connect: () => new PubSub({ projectId: "local" }),
    subscribers: listSubscribers(deployment.functions),
    readCauses: async () => new Map(),
    emptyPulls: 1,
  });
  const results: DrillResult[] = [];
  try {
    for (const exercise of options.exercises) {
      const result = await play(
        { present, dir, deployment, armed, clock, queue },
        exercise,
        options.deliveries,
      );
      results.push(result);
      options.onResult(result);
    }
  } finally {
    await deployment.stop();
  }
  return results;
}

async function play(drill: Drill, exercise: Exercise, count: number): Promise<DrillResult> {
  const { deployment, armed, clock, queue } = drill;
  const state = deployment.services.github.current.state;
  state.hookDeliveries ??= [];
  const log = state.hookDeliveries;
  const earlier = log.length;
  const hour = hourOfDeliveries(exercise, Date.now(), count, Math.max(1, Math.floor(count / 100)));
  state.repositories
    .find(({ fullName }) => fullName === "getsentry/getsentry")
    ?.commits.push(...hour.redCommits);
  const releases = exercise === "rollback" ? await prepareRollback(drill) : undefined;
  if (exercise !== "rollback") armed.armOutage(exercise);
  const stopRedelivering = startRedelivering(drill, exercise);
  await Promise.all([sendThroughHour(drill, hour.events), releases && rollBack(drill, releases.earlier)]);
  const failures = releases ? releases.earlier.bundles.size : armed.hits;
  armed.disarm();
  const ended = clock.now();
  const counts = { deadLetters: 0, replayed: 0 };
  for (;;) {
    await recover(drill);
    const { count: replayed } = await queue.replay({}, { dryRun: false });
    counts.deadLetters += replayed;
    counts.replayed += replayed;
    if (replayed === 0 && (await haveArrived(drill, hour.events, log.slice(earlier)))) break;
    if (clock.minutesSince(ended) > LONGEST_RECOVERY_MINUTES)
      throw new Error(`${exercise}: not recovered ${LONGEST_RECOVERY_MINUTES / 60} hours after the outage`);
  }
  const recoveryMinutes = clock.minutesSince(ended);
  await stopRedelivering();
  const attempts = log.slice(earlier);
  const rollback = releases && describeRollback(drill, releases);
  const result = await judge({
    exercise,
    events: hour.events,
    redCommits: hour.redCommits,
    services: deployment.services,
    attempts,
    failures,
    ...counts,
    recoveryMinutes,
  });
  return rollback ? { ...result, rollback } : result;
}

/** GitHub delivers each event once, whatever the response is, and notes it in its log. */
async function sendThroughHour({ deployment, clock }: Drill, events: HookEvent[]) {
  const folder = deployment.functions.find(({ name }) => name === "github");
  const log = deployment.services.github.current.state.hookDeliveries;
  if (!folder || !log) throw new Error("There is no function github");
  const began = clock.now();
  const inFlight = new Set<Promise<void>>();
  for (const [index, { guid, event, payload }] of events.entries()) {
    const due = (index / events.length) * 60;
    const early = due - clock.minutesSince(began);
    if (early > 0) await clock.wait(early);
    if (inFlight.size >= CONCURRENCY) await Promise.race(inFlight);
    const sent = (async () => {
      const body = Buffer.from(JSON.stringify(payload));
      const headers = await signFor(folder, { body, event, id: guid });
      const statusCode = await post(`${deployment.url}/github`, headers, body, GITHUB_TIMEOUT_MS).then(
        ({ status }) => status,
        () => 0,
      );
      addDelivery(log, { guid, event, payload, statusCode });
    })().finally(() => inFlight.delete(sent));
    inFlight.add(sent);
  }
  await Promise.all(inFlight);
  const left = 60 - clock.minutesSince(began);
  if (left > 0) await clock.wait(left);
}

/** Runs redeliver every five minutes of the scaled clock. @returns a function that ends it */
function startRedelivering({ armed, clock }: Drill, exercise: Exercise): () => Promise<void> {
  let isOver = false;
  const writer = new RowWriter("product_eng");
  const bigquery = new BigQuery({ projectId: "local" });
  const findHeld = (guids: string[]) => findHeldEvents(bigquery, "product_eng", guids);
  const running = (async () => {
    const logs = [appLog(await appClient())];
    while (!isOver) {
      await clock.wait(REDELIVER_MINUTES);
      // It needs GitHub and Postgres: without one of them its run fails.
      if (armed.isOut(exercise) && (exercise === "github" || exercise === "postgres")) continue;
      const options = { now: clock.now(), hasTime: () => !isOver, writer, findHeld, dataset: "product_eng" };
      await redeliver(logs, options).catch(() => {});
    }
  })();
  return async () => {
    isOver = true;
    await running;
  };
}

interface Releases {
  present: Release;
  earlier: Release;
}

async function prepareRollback({ present: name, dir, deployment }: Drill): Promise<Releases> {
  const names = deployment.functions.map(({ name }) => name);
  const present = await readRelease(name, dir, names);
  const earlier = await buildEarlierRelease(present, await mkdtemp(join(dir, "releases-")));
  return { present, earlier };
}

/** Replaces every function's process by one of the earlier release, one after the other. */
async function rollBack({ deployment, clock }: Drill, { dir, bundles }: Release) {
  await clock.wait(10);
  for (const name of bundles.keys()) {
    deployment.deploy(name, join(dir, name));
    await clock.wait(2);
  }
}

/** @throws {Error} if the earlier release served nothing */
function describeRollback({ deployment }: Drill, { present, earlier }: Releases): Rollback {
  const countResponses = ({ dir }: Release) =>
    [...deployment.responses]
      .filter(([build]) => dirname(build) === dir)
      .reduce((sum, [, count]) => sum + count, 0);
  const responses = countResponses(earlier);
  if (responses === 0) throw new Error(`After the rollback nothing was served by ${earlier.name}`);
  return {
    from: present.name,
    to: earlier.name,
    functions: earlier.bundles.size,
    changed: listChanged(present, earlier),
    responses,
  };
}

/** Waits until nothing is in flight or waits for a retry, except for dead letters. */
async function recover({ deployment: { services, inFlight } }: Drill) {
  const isBusy = () =>
    inFlight() > 0 ||
    services.pubsub.current.outstanding().some(({ subscription }) => !subscription.endsWith("/dead-letter"));
  while (isBusy()) await sleep(50);
}

/** Whether each event got a 2xx, or is held although its response was lost. */
async function haveArrived(
  { deployment }: Drill,
  events: HookEvent[],
  attempts: HookDelivery[],
): Promise<boolean> {
  const accepted = new Set(
    attempts.filter(({ statusCode }) => statusCode >= 200 && statusCode < 300).map(({ guid }) => guid),
  );
  const others = events.filter(({ guid }) => !accepted.has(guid));
  if (others.length === 0) return true;
  const rows = await deployment.services.warehouse.current.query("SELECT event_id FROM product_eng.events");
  const held = new Set(rows.map(({ event_id }) => event_id));
  return others.every(({ guid }) => held.has(guid));
}
