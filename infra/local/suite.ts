import { mkdir, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { BigQuery } from "@google-cloud/bigquery";
import { disconnect } from "../../shared/database/database.ts";
import { migrate } from "../../shared/database/migrate.ts";
import { createTables } from "../bigquery/apply-definitions.ts";
import { bigqueryDir } from "../bigquery/definitions.ts";
import { asksForPage } from "../console/console-routes.ts";
import { DemoDate } from "../demo/demo-date.ts";
import type { GitHubState } from "../emulators/github/state.ts";
import { readFunctions } from "../manifests/read-functions.ts";
import { localPolicy, type SubscriptionPolicy } from "../manifests/subscription-policy.ts";
import { localRoutes } from "./api/routes.ts";
import { ChangeFeed } from "./gateway/change-feed.ts";
import { DeliveryLog } from "./gateway/delivery-log.ts";
import { Gateway } from "./gateway/gateway.ts";
import { provisionPubSub } from "./provision-pubsub.ts";
import { defaultGitHubState } from "./seed/github.ts";
import { type Services, startServices } from "./services.ts";

export interface SuiteOptions {
  /** Of the suite itself; 0 lets the system choose. */
  port: number;
  /** State is kept here and found again at the next start; without it, in memory. */
  dataDir?: string;
  /** Empties `dataDir` first. */
  fresh?: boolean;
  policy?: SubscriptionPolicy;
  deduplicationWindowMs?: number;
  /** What the local GitHub knows until a demo is sent; the default world if nothing else is said. */
  githubState?: GitHubState;
}

export interface Suite {
  /** `http://localhost:<port>` */
  url: string;
  services: Services;
  deliveryLog: DeliveryLog;
  stop(): Promise<void>;
}

/**
 * Starts the whole suite in this process: stand-ins for every endpoint that the environment does not name, and every function.
 *
 * @throws {Error} with code EADDRINUSE when the port is somebody else's
 */
export async function startSuite(options: SuiteOptions): Promise<Suite> {
  // As deployed: the Functions Framework shows stack traces in its own error pages otherwise.
  process.env.NODE_ENV = "production";
  const { dataDir, policy = localPolicy, githubState = defaultGitHubState() } = options;
  if (dataDir && options.fresh) await rm(dataDir, { recursive: true, force: true });
  if (dataDir) await mkdir(dataDir, { recursive: true });

  // The address first: when it is taken, nothing else was started.
  const server = await listen(options.port);
  const { port } = server.address() as AddressInfo;
  const url = `http://localhost:${port}`;
  const changes = new ChangeFeed();
  const services = await startServices({
    ...options,
    githubState,
    port: options.port === 0 ? 0 : port,
    onSlackChanged: () => changes.publish("slack"),
  });
  // A database that somebody else looks after is brought up to date by them, with `npm run migrate`.
  if (services.postgres) await migrate();
  await createTables(new BigQuery({ projectId: process.env.GOOGLE_CLOUD_PROJECT ?? "local" }), bigqueryDir);

  const functions = await readFunctions();
  // Importing a function's module registers it, and has it read its configuration: endpoints are known by now.
  for (const folder of functions) await import(new URL("index.ts", folder.url).href);
  const deliveryLog = new DeliveryLog(dataDir && join(dataDir, "ledger.jsonl"), () =>
    changes.publish("deliveries"),
  );
  const gateway = new Gateway(functions, deliveryLog, policy.maxDeliveryAttempts);
  const routes = localRoutes({
    functions,
    gateway,
    deliveryLog,
    demoDate: new DemoDate(githubState, dataDir && join(dataDir, "demo-date")),
    changes,
    slack: services.slack,
    maxDeliveryAttempts: policy.maxDeliveryAttempts,
    bigqueryDir,
    url: () => url,
  });
  server.on("request", (request, response) => {
    if (asksForPage(request) || !gateway.handle(request, response)) routes(request, response);
  });
  await provisionPubSub(functions, url.replace("localhost", "127.0.0.1"), policy);
  return { url, services, deliveryLog, stop: () => stop(server, services) };
}

function listen(port: number): Promise<Server> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}

async function stop(server: Server, services: Services) {
  // Pub/Sub first: it is the one that keeps sending.
  await services.pubsub?.stop();
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
  await disconnect();
  await Promise.all([
    services.warehouse?.stop(),
    services.slack?.stop(),
    services.github?.stop(),
    services.postgres?.stop(),
  ]);
}
