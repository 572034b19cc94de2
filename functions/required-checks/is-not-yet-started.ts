import type { Job } from "./jobs-of.ts";
import { isFine } from "./required-check-of.ts";

/**
 * Whether a failed check only says that most of its jobs are missing: GitHub cannot tell a job that is missing from one that has not
 * started yet, so this is what a check looks like that was completed too early.
 */
export function isNotYetStarted(jobs: Job[]): boolean {
  const failed = jobs.filter(({ conclusion }) => !isFine(conclusion));
  const missing = failed.filter(({ conclusion }) => conclusion === "missing");
  return missing.length > 0 && missing.length === failed.length && missing.length * 2 >= jobs.length;
}
