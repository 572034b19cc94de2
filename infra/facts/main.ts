import { existsSync } from "node:fs";
import { QueryRunner } from "../../functions/refresh-facts/query-runner.ts";
import { refreshFacts } from "../../functions/refresh-facts/refresh.ts";
import { readConfig } from "../../shared/config.ts";
import { disconnect } from "../../shared/database/database.ts";
import { runMain } from "../cli/run-main.ts";

const usage = `Usage: npm run facts -- [--rebuild]

Brings the fact tables in BigQuery up to date, as the function refresh-facts does every ten minutes.
  --rebuild   replaces every fact by what all raw rows say: after a change of a fact's definition

It needs GOOGLE_CLOUD_PROJECT and credentials of Google Cloud, and DATABASE_URL or the DB_* variables. Reads .env if there is one. For the suite on this
machine, set BIGQUERY_EMULATOR_HOST and DATABASE_URL to the addresses that npm start prints, and GOOGLE_CLOUD_PROJECT=local.`;

await runMain({ usage, options: { rebuild: { type: "boolean", default: false } } }, async ({ values }) => {
  if (existsSync(".env")) process.loadEnvFile(".env");
  const runner = new QueryRunner(readConfig(process.env).bigquery);
  const { kind, until, statements } = await refreshFacts(runner, {
    now: new Date(),
    hasTime: () => true,
    rebuild: values.rebuild,
  });
  await disconnect();
  console.log(
    `${kind}: ${statements.length} statements; everything that was received before ${until} is in the facts`,
  );
});
