import { mkdir } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { BigQuery } from "@google-cloud/bigquery";
import { PubSub } from "@google-cloud/pubsub";
import { disconnect } from "../../shared/database/database.ts";
import { migrate } from "../../shared/database/migrate.ts";
import { DeadLetterQueue } from "../../shared/dead-letters/dead-letter-queue.ts";
import { readOrganization } from "../../shared/organization/read-organization.ts";
import { createTables } from "../bigquery/apply-definitions.ts";
import { bigqueryDir } from "../bigquery/definitions.ts";
import { organizationViews } from "../bigquery/organization-views.ts";
import { isPageRequest } from "../console/console-routes.ts";
import { localCauses } from "../dead-letters/causes.ts";
import { DemoDate } from "../demo/demo-date.ts";
import type { GitHubState } from "../emulators/github/state.ts";
import { sendRefusal } from "../emulators/lib/refuse-foreign-requests.ts";
import type { SchedulerJob } from "../emulators/scheduler/start.ts";
import {
  type FunctionFolder,
  listSchedules,
  listSubscribers,
  readFunctions,
} from "../manifests/read-functions.ts";
import { localPolicy, type SubscriptionPolicy } from "../manifests/subscription-policy.ts";
import { localRoutes } from "./api/routes.ts";
import { FactFreshness } from "./fact-freshness.ts";
import { ChangeFeed } from "./gateway/change-feed.ts";
import { DeliveryLog } from "./gateway/delivery-log.ts";
import { Gateway } from "./gateway/gateway.ts";
import { listEvents, listUnfinished } from "./gateway/list-events.ts";
import { provisionPubSub } from "./provision-pubsub.ts";
import { type Destination, refuseRequest } from "./refuse-request.ts";
import { Schedules } from "./schedules.ts";
import { defaultGitHubState } from "./seed/github.ts";
import { type Services, startServices } from "./services.ts";
import { emptyState, lockState } from "./state-lock.ts";
import { type SuiteServer, startSuiteServer } from "./suite-server.ts";

export interface SuiteOptions {
  /** Of the suite's HTTP server; 0 lets the system choose. */
  port: number;
  /** Directory for state, which the next start reads; without it, state is in memory. One running suite per directory. */
  dataDir?: string;
  /** Empties `dataDir` first. */
  fresh?: boolean;
  policy?: SubscriptionPolicy;
  /** Whether scheduled functions run at their times, by default true; else on demand only. */
  clock?: boolean;
  deduplicationWindowMs?: number;
  /** State of the GitHub emulator until a demo is sent. */
  githubState?: GitHubState;
}

export interface Suite {
  /** `http://localhost:<port>` */
  url: string;
  services: Services;
  deliveryLog: DeliveryLog;
  schedules: Schedules;
  facts: FactFreshness;
  stop(): Promise<void>;
}

/**
 * Starts the whole suite in this process: an emulator for every endpoint that the environment does not name, and every function.
 *
 * @throws {Error} with code EADDRINUSE when the port is taken
 * @throws {StateLockedError} when a running suite holds `dataDir`
 */
export async function startSuite(options: SuiteOptions): Promise<Suite> {
  // As deployed. Otherwise the Functions Framework shows stack traces in its error pages.
  process.env.NODE_ENV = "production";
  const { dataDir } = options;
  // First: nothing else has started if the port is taken.
  const server = await startSuiteServer(options.port);
  let unlock = async () => {};
  try {
    if (dataDir) {
      await mkdir(dataDir, { recursive: true });
      unlock = await lockState(dataDir, server.port);
      if (options.fresh) await emptyState(dataDir);
    }
    const suite = await startBehind(server, options);
    return {
      ...suite,
      async stop() {
        suite.schedules.stop();
        await suite.facts.stop();
        await stop(server, suite.services);
        await unlock();
      },
    };
  } catch (error) {
    await server.stop();
    await unlock();
    throw error;
  }
}

async function startBehind(server: SuiteServer, options: SuiteOptions): Promise<Omit<Suite, "stop">> {
  const { dataDir, policy = localPolicy, githubState = defaultGitHubState() } = options;
  const url = `http://localhost:${server.port}`;
  const changes = new ChangeFeed();
  const services = await startServices({
    ...options,
    githubState,
    webhookUrl: `http://127.0.0.1:${server.port}/github`,
    console: {
      url: () => `http://127.0.0.1:${server.port}/console`,
      jobs: () => schedules.list().map(toJob),
      runJob: (name) => void schedules.run(name),
    },
    port: options.port === 0 ? 0 : server.port,
    onSlackChanged: () => changes.publish("slack"),
  });
  // The owners of another database migrate it with `npm run migrate`.
  if (services.postgres) await migrate();
  await createTables(
    new BigQuery({ projectId: process.env.GOOGLE_CLOUD_PROJECT ?? "local" }),
    bigqueryDir,
    organizationViews(readOrganization(process.env)),
  );

  const functions = await readFunctions();
  // Importing a function's module registers it and reads its configuration. The emulators' variables are set by now.
  for (const folder of functions) await import(new URL("index.ts", folder.url).href);
  const deliveryLog = new DeliveryLog(dataDir && join(dataDir, "deliveries"), (kind) => {
    changes.publish("deliveries");
    if (kind === "push") facts.markStale();
  });
  const gateway = new Gateway(functions, deliveryLog, policy.maxDeliveryAttempts);
  const schedules = new Schedules(listSchedules(functions), () => url.replace("localhost", "127.0.0.1"), {
    file: dataDir && join(dataDir, "schedule-runs.jsonl"),
    onRun: (name) => facts.ran(name),
  });
  const deadLetters = new DeadLetterQueue({
    connect: () => new PubSub({ projectId: process.env.GOOGLE_CLOUD_PROJECT ?? "local" }),
    subscribers: listSubscribers(functions),
    readCauses: async () => localCauses(listEvents(deliveryLog)),
    // The suite's own emulator responds to a pull with all there is. Google's may respond with less.
    emptyPulls: services.pubsub ? 1 : 3,
  });
  const facts = new FactFreshness(
    schedules,
    () => gateway.inFlight === 0 && listUnfinished(deliveryLog, functions).length === 0,
  );
  const routes = localRoutes({
    schedules,
    facts,
    deadLetters,
    functions,
    gateway,
    deliveryLog,
    demoDate: new DemoDate(githubState, dataDir && join(dataDir, "demo-date")),
    changes,
    slack: services.slack,
    github: services.github,
    maxDeliveryAttempts: policy.maxDeliveryAttempts,
    bigqueryDir,
    url: () => url,
  });
  await provisionPubSub(
    functions,
    url.replace("localhost", "127.0.0.1"),
    policy,
    services.pubsub !== undefined,
  );
  server.serve((request, response) => {
    const destination = chooseDestination(request, functions);
    const refusal = refuseRequest(request, destination);
    if (refusal) sendRefusal(request, response, refusal);
    else if (destination === "page" || destination === "api" || !gateway.handle(request, response))
      routes(request, response);
  });
  if (options.clock ?? true) {
    schedules.start();
    facts.start();
  }
  return { url, services, deliveryLog, schedules, facts };
}

/** A schedule as a job of Cloud Scheduler. */
function toJob({ name, schedule, next, runs: [last] }: ListedSchedules[number]): SchedulerJob {
  return {
    name,
    schedule: schedule.cron,
    timeZone: schedule.timeZone,
    state: "ENABLED",
    scheduleTime: next,
    lastAttemptTime: last?.startedAt,
    lastStatus: last?.status,
  };
}
type ListedSchedules = ReturnType<Schedules["list"]>;

function chooseDestination(request: IncomingMessage, functions: FunctionFolder[]): Destination {
  const path = (request.url ?? "").split(/[/?]/)[1] ?? "";
  const folder = functions.find(({ name }) => name === path);
  if (folder && !isPageRequest(request)) return "http" in folder.manifest.trigger ? "source" : "subscriber";
  return path === "_local" ? "api" : "page";
}

async function stop(server: SuiteServer, services: Services) {
  // First: Pub/Sub keeps sending.
  await services.pubsub?.stop();
  await server.stop();
  await disconnect();
  await Promise.all([
    services.warehouse?.stop(),
    services.slack?.stop(),
    services.github?.stop(),
    services.iap?.stop(),
    services.logging?.stop(),
    services.scheduler?.stop(),
    services.postgres?.stop(),
  ]);
}
