import type { Config } from "../../shared/config.ts";
import type { Event } from "../../shared/events/event.ts";
import { type Job, jobsOf } from "./jobs-of.ts";

/** The required check of a commit on the deployed branch, completed. */
export interface RequiredCheck {
  /** owner/name */
  repository: string;
  branch: string;
  sha: string;
  passed: boolean;
  /** GitHub's page of the run. */
  url: string | null;
  /** RFC 3339 */
  startedAt: string;
  completedAt: string;
  jobs: Job[];
}

/** Conclusions that let a commit through, https://docs.github.com/rest/checks/runs */
const FINE = new Set(["success", "neutral", "skipped"]);

/** @returns null for any other event, and while the check is not completed */
export function requiredCheckOf(
  event: Event,
  config: Pick<Config, "deploy" | "requiredCheck">,
): RequiredCheck | null {
  if (event.source !== "github" || event.event !== "check_run" || event.action !== "completed") return null;
  const { checkRun, repository } = event;
  const isRequired =
    repository?.fullName.toLowerCase() === config.deploy.repository.toLowerCase() &&
    checkRun?.name === config.requiredCheck.name &&
    checkRun.headBranch === config.deploy.branch;
  if (!isRequired || !checkRun.conclusion) return null;
  return {
    repository: repository.fullName,
    branch: config.deploy.branch,
    sha: checkRun.headSha,
    passed: isFine(checkRun.conclusion),
    url: checkRun.url,
    startedAt: checkRun.startedAt ?? event.time,
    completedAt: checkRun.completedAt ?? event.time,
    jobs: jobsOf(outputText(event.payload)),
  };
}

export function isFine(conclusion: string): boolean {
  return FINE.has(conclusion);
}

/** The check's own report, in Markdown: `check_run.output.text` of the payload, which is missing when it was too large. */
function outputText(payload: Record<string, unknown> | null): string {
  const run = payload?.check_run as { output?: { text?: unknown } | null } | undefined;
  const text = run?.output?.text;
  return typeof text === "string" ? text : "";
}
