import type { Config } from "../../shared/config.ts";
import type { Event } from "../../shared/events/event.ts";

/** A job that the required check waits for. */
export interface Job {
  name: string;
  /** GitHub's page of the job. */
  url: string | null;
  /** success, failure, missing, … */
  conclusion: string;
}

/** A completed required check of a commit on the deployed branch. */
export interface RequiredCheck {
  /** owner/name */
  repository: string;
  branch: string;
  sha: string;
  passed: boolean;
  /** GitHub's page of the check run. */
  url: string | null;
  /** RFC 3339 */
  startedAt: string;
  completedAt: string;
  jobs: Job[];
}

/** Conclusions that satisfy a required check, https://docs.github.com/rest/checks/runs */
const PASSING = new Set(["success", "neutral", "skipped"]);
/** A Markdown table begins with a header and a delimiter row. */
const HEAD_ROWS = 2;

/** @returns null for any other event, and for a check that is not completed */
export function readRequiredCheck(
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
    passed: isPassing(checkRun.conclusion),
    url: checkRun.url,
    startedAt: checkRun.startedAt ?? event.time,
    completedAt: checkRun.completedAt ?? event.time,
    jobs: parseJobs(readReport(event.payload)),
  };
}

export function isPassing(conclusion: string): boolean {
  return PASSING.has(conclusion);
}

/**
 * Whether a check was completed before its jobs began. GitHub reports a job that has not started as missing, so at least half of the
 * jobs are missing, and none failed otherwise.
 */
export function isNotYetStarted(jobs: Job[]): boolean {
  const failed = jobs.filter(({ conclusion }) => !isPassing(conclusion));
  const missing = failed.filter(({ conclusion }) => conclusion === "missing");
  return missing.length > 0 && missing.length === failed.length && missing.length * 2 >= jobs.length;
}

/** Parses the table of jobs in a check's report: Markdown rows `| [job](link) | conclusion |`. */
export function parseJobs(report: string): Job[] {
  return report
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.startsWith("|"))
    .slice(HEAD_ROWS)
    .flatMap((row) => parseRow(row));
}

function parseRow(row: string): Job[] {
  // A name may contain a bar, which Markdown escapes as \|.
  const cells = row
    .replace(/^\|/, "")
    .replace(/\|$/, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.replaceAll("\\|", "|").trim());
  const [job = "", conclusion = ""] = cells;
  if (job === "" || conclusion === "") return [];
  const linked = /^\[(?<name>.*)\]\((?<url>https?:\/\/[^)\s]+)\)$/.exec(job)?.groups;
  return [{ name: linked?.name ?? job, url: linked?.url ?? null, conclusion: conclusion.toLowerCase() }];
}

/** The check's report in Markdown: `check_run.output.text` of the payload, empty if the payload was too large to keep. */
function readReport(payload: Record<string, unknown> | null): string {
  const run = payload?.check_run as { output?: { text?: unknown } | null } | undefined;
  const text = run?.output?.text;
  return typeof text === "string" ? text : "";
}
