import { createPublicKey } from "node:crypto";
import { join } from "node:path";
import { readOrganization } from "../../shared/organization/read-organization.ts";
import { startWarehouse } from "../emulators/bigquery/start.ts";
import { startGitHub } from "../emulators/github/start.ts";
import type { GitHubState } from "../emulators/github/state.ts";
import { startIap } from "../emulators/iap/start.ts";
import { Restartable } from "../emulators/lib/restartable.ts";
import { startLogging } from "../emulators/logging/start.ts";
import { startPostgres } from "../emulators/postgres/start.ts";
import { startPubSub } from "../emulators/pubsub/start.ts";
import { type SchedulerJob, startScheduler } from "../emulators/scheduler/start.ts";
import { startSlack } from "../emulators/slack/start.ts";
import { readFunctions } from "../manifests/read-functions.ts";
import { forwardLog } from "./forward-log.ts";
import { loadAppKey, provideLocalSecrets } from "./secrets.ts";
import { defaultWorkspace } from "./seed/slack.ts";

export type LocalSlack = Awaited<ReturnType<typeof startSlack>>;
export type LocalGitHub = Awaited<ReturnType<typeof startGitHub>>;
export type LocalPubSub = Awaited<ReturnType<typeof startPubSub>>;
export type LocalPostgres = Awaited<ReturnType<typeof startPostgres>>;
export type LocalIap = Awaited<ReturnType<typeof startIap>>;
export type LocalLogging = Awaited<ReturnType<typeof startLogging>>;
export type LocalScheduler = Awaited<ReturnType<typeof startScheduler>>;
export type LocalWarehouse = Awaited<ReturnType<typeof startWarehouse>>;

/** The backend service of the console, in the emulator of Identity-Aware Proxy. */
const LOCAL_AUDIENCE = "/projects/1/global/backendServices/1";
/** Region of the scheduled functions' jobs, in the emulator of Cloud Scheduler. */
const LOCAL_LOCATION = "local";

/** The running emulators. One is undefined if the environment names another endpoint. */
export interface Services {
  pubsub?: Restartable<LocalPubSub>;
  warehouse?: Restartable<LocalWarehouse>;
  postgres?: Restartable<LocalPostgres>;
  slack?: Restartable<LocalSlack>;
  github?: Restartable<LocalGitHub>;
  iap?: Restartable<LocalIap>;
  logging?: Restartable<LocalLogging>;
  scheduler?: Restartable<LocalScheduler>;
}

/** The emulators that only the console in the cloud needs. */
export type ConsoleServices = "iap" | "logging" | "scheduler";

export interface ServiceOptions {
  /** Directory for state; without it, state is in memory. */
  dataDir?: string;
  /** The emulators listen on the next eight ports, or on any port where one is taken. 0: on any. */
  port: number;
  /** How long BigQuery drops rows whose insertId it has seen. */
  deduplicationWindowMs?: number;
  /** State of the GitHub emulator. The caller may change it at any time. */
  githubState: GitHubState;
  /** The function github: the GitHub emulator redelivers to it. */
  webhookUrl?: string;
  /** The function console: without it, the emulators that it alone needs are not started. */
  console?: {
    /** The emulator of Identity-Aware Proxy passes requests to it. */
    url: () => string;
    /** Of the emulator of Cloud Scheduler. */
    jobs: () => SchedulerJob[];
    runJob: (name: string) => void;
  };
  /** Called when messages or views of the Slack emulator may have changed. */
  onSlackChanged?: () => void;
}

/**
 * Starts, at the same time, an emulator for each endpoint that the environment does not name, and sets the variable, so that production code finds it:
 * PUBSUB_EMULATOR_HOST, BIGQUERY_EMULATOR_HOST, SLACK_API_URL, GITHUB_API_URL, IAP_PUBLIC_KEYS_URL, LOGGING_API_URL, SCHEDULER_API_URL,
 * DATABASE_URL or DB_INSTANCE_CONNECTION_NAME.
 */
export async function startServices({
  dataDir,
  port,
  deduplicationWindowMs,
  githubState,
  webhookUrl,
  console,
  onSlackChanged,
}: ServiceOptions): Promise<Services> {
  const { env } = process;
  provideLocalSecrets(await readFunctions(), env);
  env.GOOGLE_CLOUD_PROJECT ||= "local";
  const project = env.GOOGLE_CLOUD_PROJECT;
  // Google's clients otherwise look for a metadata server and log a warning.
  env.METADATA_SERVER_DETECTION ||= "none";
  const under = (name: string) => (dataDir === undefined ? undefined : join(dataDir, name));
  const offset = (n: number) => (port === 0 ? 0 : port + n);
  const services: Services = {};

  const startings = [
    async () => {
      if (env.PUBSUB_EMULATOR_HOST) return;
      const dir = under("pubsub");
      // The warehouse may start later.
      const bigqueryUrl = () => env.BIGQUERY_EMULATOR_HOST ?? "";
      const start = (at: number) => startPubSub({ port: at, bigqueryUrl, ...(dir && { dataDir: dir }) });
      services.pubsub = await Restartable.start(offset(1), withState(dir, start), ({ host }) =>
        parsePort(`http://${host}`),
      );
      env.PUBSUB_EMULATOR_HOST = services.pubsub.current.host;
    },
    async () => {
      if (env.BIGQUERY_EMULATOR_HOST) return;
      const file = under("warehouse.duckdb");
      const options = {
        ...(file && { file }),
        ...(deduplicationWindowMs !== undefined && { deduplicationWindowMs }),
      };
      services.warehouse = await Restartable.start(
        offset(2),
        withState(file, (at) => startWarehouse({ port: at, ...options })),
        ({ url }) => parsePort(url),
      );
      env.BIGQUERY_EMULATOR_HOST = `${services.warehouse.current.url}/bigquery/v2`;
    },
    async () => {
      if (env.SLACK_API_URL) return;
      const dir = under("slack");
      const start = (at: number) =>
        startSlack({
          port: at,
          workspace: defaultWorkspace(),
          ...(dir && { dataDir: dir }),
          ...(onSlackChanged && { onChanged: onSlackChanged }),
        });
      services.slack = await Restartable.start(offset(3), withState(dir, start), ({ url }) => parsePort(url));
      env.SLACK_API_URL = services.slack.current.url;
    },
    async () => {
      if (env.GITHUB_API_URL) return;
      env.GH_APP_SECRET_KEY ||= await loadAppKey(dataDir);
      const appPublicKey = createPublicKey(env.GH_APP_SECRET_KEY)
        .export({ type: "spki", format: "pem" })
        .toString();
      const webhook = webhookUrl && { url: webhookUrl, secret: () => env.GH_WEBHOOK_SECRET ?? "" };
      services.github = await Restartable.start(
        offset(4),
        (at) =>
          startGitHub({
            port: at,
            ...(env.GH_APP_IDENTIFIER && { appId: env.GH_APP_IDENTIFIER }),
            appPublicKey,
            state: githubState,
            ...(webhook && { webhook }),
          }),
        ({ url }) => parsePort(url),
      );
      env.GITHUB_API_URL = services.github.current.url;
    },
    async () => {
      env.IAP_AUDIENCE ||= LOCAL_AUDIENCE;
      if (env.IAP_PUBLIC_KEYS_URL || !console) return;
      const options = { audience: env.IAP_AUDIENCE, backend: console.url, members: localMembers() };
      services.iap = await Restartable.start(
        offset(6),
        (at) => startIap({ port: at, ...options }),
        ({ url }) => parsePort(url),
      );
      env.IAP_PUBLIC_KEYS_URL = services.iap.current.publicKeysUrl;
    },
    async () => {
      if (env.LOGGING_API_URL || !console) return;
      services.logging = await Restartable.start(
        offset(7),
        (at) => startForwardedLogging(at, project),
        ({ url }) => parsePort(url),
      );
      env.LOGGING_API_URL = services.logging.current.url;
    },
    async () => {
      env.SCHEDULER_LOCATION ||= LOCAL_LOCATION;
      if (env.SCHEDULER_API_URL || !console) return;
      const options = { project, location: env.SCHEDULER_LOCATION, jobs: console.jobs, run: console.runJob };
      services.scheduler = await Restartable.start(
        offset(8),
        (at) => startScheduler({ port: at, ...options }),
        ({ url }) => parsePort(url),
      );
      env.SCHEDULER_API_URL = services.scheduler.current.url;
    },
    async () => {
      if (env.DATABASE_URL || env.DB_INSTANCE_CONNECTION_NAME) return;
      const dir = under("postgres");
      const start = (at: number) => startPostgres({ port: at, ...(dir && { dataDir: dir }) });
      services.postgres = await Restartable.start(offset(5), withState(dir, start), ({ url }) =>
        parsePort(url),
      );
      env.DATABASE_URL = services.postgres.current.url;
    },
  ];
  await Promise.all(startings.map((start) => start()));
  return services;
}

/** Starts an emulator, or throws an error that names the state that it cannot read and says how to go on. */
function withState<T>(path: string | undefined, start: (port: number) => Promise<T>) {
  return async (port: number): Promise<T> => {
    try {
      return await start(port);
    } catch (cause) {
      if (path === undefined || (cause as { code?: string }).code === "EADDRINUSE") throw cause;
      throw new Error(`${path} cannot be read. npm start -- --fresh deletes the state and begins again`, {
        cause,
      });
    }
  };
}

/** Starts an emulator of Cloud Logging that gets what this process's functions log. */
async function startForwardedLogging(port: number, project: string) {
  const logging = await startLogging({ port, project });
  const endForwarding = forwardLog(logging.write);
  return {
    ...logging,
    async stop() {
      endForwarding();
      await logging.stop();
    },
  };
}

/** Who may sign in to the console in the cloud: the operators of ci-tooling.yaml, and a viewer of the local Slack. */
function localMembers(): string[] {
  const { console, emailDomain } = readOrganization(process.env);
  return [...new Set([...console.operators, `mira.okafor@${emailDomain}`])];
}

function parsePort(url: string): number {
  return Number(new URL(url).port);
}
