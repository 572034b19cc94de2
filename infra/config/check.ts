import type { OrganizationFile } from "../../shared/organization/parse-organization-file.ts";
import { lookUpInGitHub, lookUpInSlack, type Problem } from "./look-up.ts";

export interface CheckResult {
  /** `file:line:column: what is wrong, and what to write`, in the order of the file */
  problems: string[];
  /** What was looked up, and what was not and why. */
  notes: string[];
}

/**
 * Checks a valid file against GitHub and Slack, each if the environment has its credentials.
 *
 * @throws the errors of GitHub and Slack
 */
export async function checkFile(
  { organization, locate, file }: OrganizationFile & { file: string },
  env: Record<string, string | undefined>,
): Promise<CheckResult> {
  const found: Problem[] = [];
  const notes: string[] = [];
  if (env.GH_APP_IDENTIFIER && env.GH_APP_SECRET_KEY) {
    found.push(...(await lookUpInGitHub(organization)));
    notes.push("Looked up in GitHub: repositories, branches, checks, teams");
  } else
    notes.push(
      "Not looked up: repositories, branches, checks, teams. They need GH_APP_IDENTIFIER and GH_APP_SECRET_KEY",
    );
  if (env.SLACK_BOT_USER_ACCESS_TOKEN) {
    found.push(...(await lookUpInSlack(organization)));
    notes.push("Looked up in Slack: channels, profile field, aliases");
  } else notes.push("Not looked up: channels, profile field, aliases. They need SLACK_BOT_USER_ACCESS_TOKEN");
  notes.push(
    "Never looked up: names of apps, environments and pipelines, which only their tools know; links",
  );
  const located = found.map(({ path, message }) => ({ ...locate(path), message }));
  located.sort((one, other) => one.line - other.line || one.column - other.column);
  return {
    problems: located.map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`),
    notes,
  };
}
