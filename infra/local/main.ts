import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { startSuite } from "./suite.ts";

if (existsSync(".env")) process.loadEnvFile(".env");
const { values } = parseArgs({ options: { fresh: { type: "boolean", default: false } } });
const port = Number(process.env.PORT || 3000);
process.env.LOG_LEVEL ||= "WARNING";

try {
  const suite = await startSuite({ port, dataDir: ".local", fresh: values.fresh });
  const { env } = process;
  console.log(`ci-tooling is running at ${suite.url}`);
  console.log(`  Pub/Sub    ${env.PUBSUB_EMULATOR_HOST}`);
  console.log(`  BigQuery   ${env.BIGQUERY_EMULATOR_HOST}`);
  console.log(`  Postgres   ${env.DATABASE_URL || env.DB_INSTANCE_CONNECTION_NAME}`);
  console.log(`  Slack      ${env.SLACK_API_URL}`);
  console.log(`  GitHub     ${env.GITHUB_API_URL}`);
  console.log("State is kept in .local; npm start -- --fresh begins with none. Ctrl-C stops it.");
  console.log("Send it something:  npm run send -- freight functions/freight/fixtures/deploy-finished.json");
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void suite.stop().then(() => process.exit(0)));
  }
} catch (error) {
  if ((error as { code?: string }).code !== "EADDRINUSE") throw error;
  console.error(`Port ${port} is taken. Is npm start running already? PORT=3100 npm start uses another.`);
  process.exitCode = 1;
}
