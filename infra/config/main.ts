import { existsSync } from "node:fs";
import { ConfigurationError } from "../../shared/configuration-error.ts";
import { readOrganizationFile } from "../../shared/organization/read-organization.ts";
import { organizationViews } from "../bigquery/organization-views.ts";
import { runMain, UsageError } from "../cli/run-main.ts";
import { checkFile } from "./check.ts";
import { explain } from "./explain.ts";

const usage = `Usage: npm run config -- check
       npm run config -- views
       npm run config -- explain <owner/repository | app | service | login | e-mail>

  check    names file, line and remedy of each mistake in ci-tooling.yaml. With the secrets of GitHub or Slack in the environment
           it looks up repositories, branches, checks, teams and channels, and it says what it did not look up
  views    prints the views of the organization as JSON: Terraform's variable organization_views, which npm run deploy sets
  explain  which entries apply to something, and in which line they are
CI_TOOLING_CONFIG names another file than ci-tooling.yaml.`;

await runMain({ usage, options: {}, allowPositionals: true }, async ({ positionals }) => {
  if (existsSync(".env")) process.loadEnvFile(".env");
  const [verb, subject] = positionals;
  switch (verb) {
    case "check":
      return check();
    case "views":
      return console.log(JSON.stringify(organizationViews(readOrganizationFile(process.env).organization)));
    case "explain":
      return explainSubject(subject ?? "");
    default:
      throw new UsageError("check, views or explain? --help explains them.");
  }
});

async function check() {
  let file: ReturnType<typeof readOrganizationFile>;
  try {
    file = readOrganizationFile(process.env);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    // One line for each mistake.
    console.error(error.message);
    process.exitCode = 1;
    return;
  }
  // Otherwise Google's client, which reads secrets that the environment does not have, looks for a metadata server.
  process.env.METADATA_SERVER_DETECTION ||= "none";
  process.env.LOG_LEVEL ||= "ERROR";
  const { problems, notes } = await checkFile(file, process.env);
  for (const problem of problems) console.error(problem);
  for (const note of notes) console.log(note);
  if (problems.length > 0) process.exitCode = 1;
  else console.log(`${file.file} is valid`);
}

function explainSubject(subject: string) {
  const file = readOrganizationFile(process.env);
  const lines = explain(subject, file);
  console.log(lines.length > 0 ? lines.join("\n") : `No entry of ${file.file} is about ${subject}.`);
}
