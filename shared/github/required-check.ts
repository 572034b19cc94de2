import { z } from "zod";
import type { Event, GitHubEvent } from "../events/event.ts";
import type { Service } from "../organization/organization.ts";
import { servicesOf } from "../organization/services.ts";
import { isOnBranch } from "./commits.ts";

/** null for a conclusion that says nothing about the commit. */
export type Verdict = "passed" | "failed" | null;

/** A completed run of a required check on a branch that is named like a deployed one. */
export interface RequiredCheckRun {
  /** The services that require the check, at least one. */
  services: [Service, ...Service[]];
  run: NonNullable<GitHubEvent["checkRun"]>;
  verdict: Verdict;
  /** Whether the payload names another repository as the commit's origin. It need not name any. */
  isFromFork: boolean;
}

/**
 * The conclusions of checks that did not run to their end: skipped, replaced by a newer push, or given up by GitHub after 14 days.
 * docs/metrics.md lists the same ones. https://docs.github.com/rest/checks/runs
 */
const WITHOUT_VERDICT = new Set(["neutral", "skipped", "cancelled", "stale"]);

/** The verdict of a conclusion, the same for every reader of the required check. */
export function toVerdict(conclusion: string): Verdict {
  if (WITHOUT_VERDICT.has(conclusion)) return null;
  return conclusion === "success" ? "passed" : "failed";
}

/**
 * Reads a completed run of a check that a service requires. `rerequested` repeats the result of an earlier run, and is not a result.
 *
 * @returns null for any other event, and for a run that is not completed
 */
export function readRequiredCheckRun(event: Event, config: { services: Service[] }): RequiredCheckRun | null {
  if (event.source !== "github" || event.event !== "check_run" || event.action !== "completed") return null;
  const { checkRun: run, repository } = event;
  if (!run?.conclusion || !repository) return null;
  const [first, ...others] = servicesOf(config.services, repository.fullName).filter(
    ({ branch, requiredChecks }) => run.headBranch === branch && requiredChecks.includes(run.name),
  );
  if (!first) return null;
  const isFromFork = readIsFromFork(event.payload, repository.id);
  return { services: [first, ...others], run, verdict: toVerdict(run.conclusion), isFromFork };
}

/**
 * Whether the commit of a run is on the deployed branch. GitHub names a run's branch without its repository: the branch of a fork may
 * have the same name. https://docs.github.com/webhooks/webhook-events-and-payloads#check_run
 *
 * @throws GitHub's errors
 */
export async function isOnDeployedBranch(
  { run, isFromFork }: RequiredCheckRun,
  { repository, branch }: Pick<Service, "repository" | "branch">,
): Promise<boolean> {
  return !isFromFork && (await isOnBranch(repository, branch, run.headSha));
}

const origin = z.object({
  check_run: z.object({ check_suite: z.object({ head_repository: z.object({ id: z.number() }) }) }),
});

/** Whether the payload names another repository as the one that the commit was pushed to. */
function readIsFromFork(payload: GitHubEvent["payload"], repositoryId: number): boolean {
  const parsed = origin.safeParse(payload);
  return parsed.success && parsed.data.check_run.check_suite.head_repository.id !== repositoryId;
}
