import type { Server } from "node:net";
import { BigQuery } from "@google-cloud/bigquery";
import { migrate } from "../../shared/database/migrate.ts";
import { createTables } from "../bigquery/apply-definitions.ts";
import { bigqueryDir } from "../bigquery/definitions.ts";
import type { GitHubState } from "../emulators/github/state.ts";
import { freePort } from "../emulators/lib/free-port.ts";
import { listen } from "../emulators/lib/listen.ts";
import { startSecretManager } from "../emulators/secret-manager/start.ts";
import { provisionPubSub } from "../local/provision-pubsub.ts";
import { type ConsoleServices, type Services, startServices } from "../local/services.ts";
import { type FunctionFolder, readFunctions } from "../manifests/read-functions.ts";
import type { SubscriptionPolicy } from "../manifests/subscription-policy.ts";
import type { ArmedFault } from "./armed-fault.ts";
import { createHttpProxy, grpcCalls, postgresStatements, type Route, startTcpProxy } from "./fault-proxy.ts";
import { buildAll, Instance } from "./instances.ts";
import type { Step } from "./schedule.ts";

/** Backs off for less than a second; gives up later than any fault lasts. */
const patientPolicy: SubscriptionPolicy = {
  minimumBackoffSeconds: 0.1,
  maximumBackoffSeconds: 1,
  maxDeliveryAttempts: 40,
  ackDeadlineSeconds: 30,
};

/** The suite as it is deployed: a process for each function. Every connection between its parts leads through a proxy. */
export interface Deployment {
  /** `http://127.0.0.1:<port>`; a function is at `/<name>`. */
  url: string;
  functions: FunctionFolder[];
  services: Required<Omit<Services, ConsoleServices>>;
  /** Deliveries and pushes in flight. */
  inFlight(): number;
  /** Ends the process of a function, and starts one of another build. @param dir of the built function */
  deploy(name: string, dir: string): void;
  /** Responses by the folder of the build that gave them. */
  responses: ReadonlyMap<string, number>;
  /** Replaces the process of every function. */
  restartFunctions(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Builds and starts all functions, and an emulator for each service.
 *
 * @param dir empty directory for the built functions and their logs; the state is in memory
 * @param policy of the subscriptions; by default one that never gives up
 */
export async function startDeployment(
  dir: string,
  githubState: GitHubState,
  armed: ArmedFault,
  policy: SubscriptionPolicy = patientPolicy,
): Promise<Deployment> {
  // The endpoints of this machine's own suite, if one runs, are not used.
  for (const name of endpoints) delete process.env[name];
  process.env.NODE_ENV = "production";
  process.env.LOG_LEVEL = "ERROR";
  process.env.GITHUB_RETRY_BASE_MS = "20";
  // Every story takes longer, so that secrets are read again while deliveries arrive.
  process.env.SECRET_REFRESH_SECONDS = "1";
  const port = await freePort();
  const webhookUrl = `http://127.0.0.1:${port}/github`;
  const services = requireAll(
    await startServices({ port: 0, deduplicationWindowMs: 0, githubState, webhookUrl }),
  );
  await migrate();
  await createTables(new BigQuery({ projectId: "local" }), bigqueryDir);
  const functions = await readFunctions();
  await buildAll(functions, dir);
  const secrets = readSecrets(functions);
  const secretManager = await startSecretManager({
    secrets: Object.fromEntries(
      secrets.map(([name, value]) => [
        `projects/${process.env.GOOGLE_CLOUD_PROJECT}/secrets/${name}`,
        [value],
      ]),
    ),
  });
  // The environment would take precedence. This process keeps its own, and signs with them.
  const withoutSecrets = Object.fromEntries(secrets.map(([name]) => [name, ""]));
  const instances = new Map<string, Instance>();
  const stopInstances = () => {
    for (const instance of instances.values()) instance.stop();
  };
  // Also if the start fails, or a signal ends this process.
  process.once("exit", stopInstances);
  const servers: Pick<Server, "close">[] = [];
  for (const { name } of functions) {
    const [opened, env] = await openProxies(armed, name, secretManager.host, () => instances.get(name));
    servers.push(...opened);
    instances.set(name, await Instance.start(name, dir, { ...env, ...withoutSecrets }));
  }
  const { router, inFlight, responses } = createRouter(armed, functions, instances);
  const url = `http://127.0.0.1:${await listen(router, port)}`;
  await provisionPubSub(functions, url, policy, true);
  return {
    url,
    functions,
    services,
    inFlight,
    responses,
    deploy: (name, build) => instances.get(name)?.deploy(build),
    async restartFunctions() {
      for (const instance of instances.values()) instance.kill();
      await Promise.all([...instances.values()].map((instance) => instance.ready()));
    },
    async stop() {
      await services.pubsub.stop();
      router.closeAllConnections();
      for (const server of [router, ...servers]) server.close();
      stopInstances();
      await secretManager.stop();
      await Promise.all(Object.values(services).map((service) => service.stop()));
    },
  };
}

const endpoints = [
  "PUBSUB_EMULATOR_HOST",
  "BIGQUERY_EMULATOR_HOST",
  "SLACK_API_URL",
  "GITHUB_API_URL",
  "SECRET_MANAGER_EMULATOR_HOST",
  "DATABASE_URL",
  "DB_INSTANCE_CONNECTION_NAME",
] as const;

function requireAll({
  pubsub,
  warehouse,
  postgres,
  slack,
  github,
}: Services): Required<Omit<Services, ConsoleServices>> {
  if (!pubsub || !warehouse || !postgres || !slack || !github) throw new Error("An emulator was not started");
  return { pubsub, warehouse, postgres, slack, github };
}

/** The functions' secrets that this process has, with their values. */
function readSecrets(functions: FunctionFolder[]): [string, string][] {
  const names = new Set(functions.flatMap(({ manifest }) => manifest.secrets));
  return [...names].flatMap((name) => {
    const value = process.env[name];
    return value ? [[name, value]] : [];
  });
}

/**
 * Opens a proxy to each service for one function.
 *
 * @param instance the function's process, once it was started
 * @returns the proxies, and the variables that lead the function to them
 */
async function openProxies(
  armed: ArmedFault,
  functionName: string,
  secretManagerHost: string,
  instance: () => Instance | undefined,
) {
  const { env } = process;
  const route = (part: Route["part"]) => ({ part, functionName, kill: () => instance()?.kill() });
  const servers: Pick<Server, "close">[] = [];
  const http = async (part: Route["part"], target = "", stepOf: (path: string) => Step | undefined) => {
    const base = new URL(target);
    const server = createHttpProxy(armed, (path) => ({
      route: route(part),
      step: stepOf(path),
      url: new URL(path, base),
    }));
    servers.push(server);
    const url = new URL(target);
    url.port = String(await listen(server));
    return url.href.replace(/\/$/, base.pathname === "/" ? "" : "/");
  };
  const tcp = async (part: Route["part"], target = "", protocol: Parameters<typeof startTcpProxy>[3]) => {
    const url = new URL(target);
    const [server, port] = await startTcpProxy(armed, route(part), Number(url.port), protocol);
    servers.push(server);
    url.port = String(port);
    return url;
  };
  const proxied = {
    SLACK_API_URL: await http("slack", env.SLACK_API_URL, slackStep),
    GITHUB_API_URL: await http("github", env.GITHUB_API_URL, () => "read"),
    BIGQUERY_EMULATOR_HOST: await http("bigquery", env.BIGQUERY_EMULATOR_HOST, (path) =>
      path.split("?")[0]?.endsWith("/insertAll") ? "insert" : undefined,
    ),
    DATABASE_URL: (await tcp("postgres", env.DATABASE_URL, postgresStatements)).href,
    PUBSUB_EMULATOR_HOST: (
      await tcp("pubsub", `http://${env.PUBSUB_EMULATOR_HOST}`, () => grpcCalls(() => "publish"))
    ).host,
    SECRET_MANAGER_EMULATOR_HOST: (
      await tcp("secret-manager", `http://${secretManagerHost}`, () =>
        grpcCalls(() => (instance()?.isWarm ? "refresh" : "first-read")),
      )
    ).host,
  };
  return [servers, proxied] as const;
}

function slackStep(path: string): Step {
  if (path.endsWith("/chat.update")) return "update";
  return path.endsWith("/chat.postMessage") ? "post" : "read";
}

/** Leads `/<function>/…` to the function's process, once it is up. */
function createRouter(armed: ArmedFault, functions: FunctionFolder[], instances: Map<string, Instance>) {
  const sources = new Set(
    functions.filter(({ manifest }) => "http" in manifest.trigger).map(({ name }) => name),
  );
  const responses = new Map<string, number>();
  const router = createHttpProxy(armed, async (path) => {
    const [, name = "", rest = ""] = /^\/([^/?]*)(.*)$/.exec(path) ?? [];
    const instance = instances.get(name);
    if (!instance) throw new Error(`There is no function ${name}`);
    await instance.ready();
    const isSource = sources.has(name);
    return {
      route: { part: isSource ? "source" : "subscriber", functionName: name, kill: () => instance.kill() },
      step: isSource ? "delivery" : "push",
      url: new URL(rest || "/", `http://127.0.0.1:${instance.port}`),
      onResponse(status) {
        responses.set(instance.dir, (responses.get(instance.dir) ?? 0) + 1);
        instance.onResponse(status);
      },
    };
  });
  let inFlight = 0;
  router.on("request", (_, response) => {
    inFlight++;
    response.once("close", () => inFlight--);
  });
  return { router, responses, inFlight: () => inFlight };
}
