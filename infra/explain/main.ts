import { existsSync } from "node:fs";
import { BigQuery } from "@google-cloud/bigquery";
import { type Explanation, explainDeployment } from "../../shared/explain/explain-deployment.ts";
import {
  DeployNameError,
  parseDeployName,
  type RunQuery,
  readDeployment,
} from "../../shared/explain/read-deployment.ts";
import { runMain, UsageError } from "../cli/run-main.ts";
import { LocalSuite } from "../local/client.ts";
import { inlineParameters } from "./inline-parameters.ts";

const usage = `Usage: npm run explain -- --deploy <app>#<n> [--project P]

Explains how the metrics count a deploy: its kind, every commit with its pull request and clock, and which rule made it a failure.
  --deploy <app>#<n>   the deploy, e.g. getsentry#87; <app>/<environment>#<n> names one environment
  --project P          read the warehouse of this Google Cloud project; the suite on this machine otherwise (PORT is respected)`;

const options = { deploy: { type: "string" }, project: { type: "string" } } as const;

await runMain({ usage, options }, async ({ values }) => {
  if (existsSync(".env")) process.loadEnvFile(".env");
  if (values.deploy === undefined)
    throw new UsageError("Name a deploy: --deploy getsentry#87. --help shows how.");
  const name = readName(values.deploy);
  const deployments = await readDeployment(await openWarehouse(values.project), name);
  if (deployments.length === 0)
    throw new Error(
      `No deploy ${values.deploy} to production finished or failed, as far as the warehouse knows`,
    );
  for (const deployment of deployments) printExplanation(explainDeployment(deployment));
});

function readName(text: string) {
  try {
    return parseDeployName(text);
  } catch (error) {
    throw error instanceof DeployNameError ? new UsageError(error.message) : error;
  }
}

async function openWarehouse(project: string | undefined): Promise<RunQuery> {
  if (project !== undefined) {
    const bigquery = new BigQuery({ projectId: project });
    return async (query, params) => (await bigquery.query({ query, params }))[0];
  }
  const url = `http://localhost:${process.env.PORT || 3000}`;
  const suite = await LocalSuite.find(url);
  if (!suite) throw new Error(`Nothing listens at ${url}. Run npm start, or name a project with --project`);
  return (sql, params) => suite.query(inlineParameters(sql, params));
}

function printExplanation({ title, sentences, commits }: Explanation): void {
  console.log(`${title}\n`);
  for (const sentence of sentences) console.log(sentence);
  console.log("");
  for (const { commit, pullRequest, title: subject, author, isCounted, why } of commits) {
    const what = [pullRequest, subject, author && `(${author})`].filter(Boolean).join(" ");
    console.log(`${isCounted ? "+" : "-"} ${commit.slice(0, 12)} ${what || "without a pull request"}`);
    console.log(`  ${why}`);
  }
  if (commits.length > 0) console.log("");
}
