import type { Event } from "../../shared/events/event.ts";
import type { BranchCheckRun, Verdict } from "../../shared/github/required-check.ts";
import type { Watch } from "./watch.ts";

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
  /** owner/name, as configured: GitHub does not compare its case. */
  repository: string;
  branch: string;
  /** Name of the check. */
  name: string;
  sha: string;
  verdict: Verdict;
  /** GitHub's page of the check run. */
  url: string | null;
  startedAt: Date;
  completedAt: Date;
  jobs: Job[];
}

/** Conclusions with which a job is not the reason for a failure, https://docs.github.com/rest/checks/runs */
const PASSING = new Set(["success", "neutral", "skipped"]);
/** A Markdown table begins with a header and a delimiter row. */
const HEAD_ROWS = 2;

/** @param event the one in which `run` was read */
export function toRequiredCheck(
  event: Event,
  { run, verdict }: BranchCheckRun,
  { service: { repository, branch } }: Pick<Watch, "service">,
): RequiredCheck {
  return {
    repository,
    branch,
    name: run.name,
    sha: run.headSha,
    verdict,
    url: run.url,
    startedAt: new Date(run.startedAt ?? event.time),
    completedAt: new Date(run.completedAt ?? event.time),
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
