import { existsSync } from "node:fs";
import { readConfig } from "../../shared/config.ts";
import { runMain } from "../cli/run-main.ts";
import { portPrefix } from "../console/port-prefix.ts";

const usage = `Usage: npm start [-- --fresh]

Starts the whole suite on this machine: every function, and an emulator for each service that the environment does not name.
  --fresh     deletes the state in .local first
  -h, --help  shows this text
PORT sets the port (3000); the emulators listen on the next eight.`;

const options = { fresh: { type: "boolean", default: false } } as const;

await runMain({ usage, options }, ({ values }) => start(values.fresh));

async function start(fresh: boolean) {
  if (existsSync(".env")) process.loadEnvFile(".env");
  const port = Number(process.env.PORT || 3000);
  process.env.LOG_LEVEL ||= "WARNING";
  // Loading the suite takes seconds. Flags and configuration are checked before.
  readConfig(process.env);
  const { startSuite } = await import("./suite.ts");
  const { warmConsole } = await import("./warm-console.ts");
  try {
    const suite = await startSuite({ port, dataDir: ".local", fresh });
    printAddresses(suite.url, suite.services.iap?.current.url);
    const stopping = new AbortController();
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.once(signal, () => {
        stopping.abort();
        void suite.stop().then(() => process.exit(0));
      });
    }
    await warmConsole(suite.url, suite.deliveryLog.newest()?.number, stopping.signal);
  } catch (error) {
    if ((error as { code?: string }).code !== "EADDRINUSE") throw error;
    throw new Error(`Port ${port} is taken. Is npm start running already? PORT=3100 npm start uses another.`);
  }
}

function printAddresses(url: string, cloudConsole: string | undefined) {
  const { env } = process;
  const prefix = portPrefix(url);
  console.log(`ci-tooling is running at ${url}
  Pub/Sub    ${env.PUBSUB_EMULATOR_HOST}
  BigQuery   ${env.BIGQUERY_EMULATOR_HOST}
  Postgres   ${env.DATABASE_URL || env.DB_INSTANCE_CONNECTION_NAME}
  Slack      ${env.SLACK_API_URL}
  GitHub     ${env.GITHUB_API_URL}
  Console as in the cloud  ${cloudConsole ?? "behind the Identity-Aware Proxy of IAP_PUBLIC_KEYS_URL"}
State is in .local; npm start -- --fresh deletes it first. Ctrl-C stops the suite.
Try it:
  ${prefix}npm run send -- github functions/github/fixtures/check-run-failed.json --event check_run
  ${prefix}npm run send -- freight functions/freight/fixtures/deploy-finished.json
  ${prefix}npm run send -- slack functions/slack/fixtures/message-im.json
  ${prefix}npm run demo`);
}
