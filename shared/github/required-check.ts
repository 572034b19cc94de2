import { z } from "zod";
import type { Event, GitHubEvent } from "../events/event.ts";
import type { Service } from "../organization/organization.ts";
import { servicesOf } from "../organization/services.ts";
import { readCommitStatus } from "./commit-status.ts";

/** null for a conclusion that says nothing about the commit. */
export type Verdict = "passed" | "failed" | null;

/** A completed run of a check, or a commit status, on a branch that is named like a deployed one. */
export interface BranchCheckRun {
  /** A commit status has no jobs and no annotations; its id is not that of a run. */
  kind: "check-run" | "status";
  /** Services that are deployed from the branch and may require the check: by its name, or as GitHub does. At least one. */
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

/** The verdict of a conclusion, the same for every reader of a required check. */
export function toVerdict(conclusion: string): Verdict {
  if (WITHOUT_VERDICT.has(conclusion)) return null;
  return conclusion === "success" ? "passed" : "failed";
}

/**
 * Reads a completed run of a check, or a commit status, that a service may require. `rerequested` repeats the result of an earlier run, and is not a result.
 *
 * @returns null for any other event, and for a run that is not completed
 */
export function readBranchCheckRun(event: Event, services: Service[]): BranchCheckRun | null {
  const completed = readCompletedRun(event);
  if (!completed) return null;
  const { kind, run, branches, conclusion, repository } = completed;
  const [first, ...others] = servicesOf(services, repository.fullName).filter(
    (service) => branches.includes(service.branch) && mayRequire(service, run.name),
  );
  if (!first) return null;
  const isFromFork = readIsFromFork(event.payload, repository.id);
  return { kind, services: [first, ...others], run, verdict: toVerdict(conclusion), isFromFork };
}

/** A failed run of a check for an entry of a merge queue. */
export interface QueueFailure {
  services: [Service, ...Service[]];
  run: NonNullable<GitHubEvent["checkRun"]>;
  /** Number of the newest pull request of the entry. */
  pullRequest: number;
}

/** https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/configuring-pull-request-merges/managing-a-merge-queue#triggering-merge-group-checks-with-third-party-ci-providers */
const queueBranch = /^gh-readonly-queue\/(?<base>.+)\/pr-(?<number>\d{1,9})-[0-9a-f]{40}$/;

/** Reads the failure of a check that a service may require of the entries of its branch's merge queue. @returns null for any other event */
export function readQueueFailure(event: Event, services: Service[]): QueueFailure | null {
  const completed = readCompletedRun(event);
  if (!completed || toVerdict(completed.conclusion) !== "failed") return null;
  const { run, branches, repository } = completed;
  const entry = branches.map((branch) => queueBranch.exec(branch)?.groups).find(Boolean);
  const { base, number } = entry ?? {};
  const [first, ...others] = servicesOf(services, repository.fullName).filter(
    (service) => service.branch === base && mayRequire(service, run.name),
  );
  return first ? { services: [first, ...others], run, pullRequest: Number(number) } : null;
}

function readCompletedRun(event: Event) {
  if (event.source !== "github" || !event.repository) return null;
  const { repository } = event;
  const status = readCommitStatus(event);
  if (status?.run.conclusion) {
    const { run, branches } = status;
    return { kind: "status" as const, run, branches, conclusion: status.run.conclusion, repository };
  }
  const { checkRun: run } = event;
  if (event.event !== "check_run" || event.action !== "completed" || !run?.conclusion) return null;
  const branches = run.headBranch === null ? [] : [run.headBranch];
  return { kind: "check-run" as const, run, branches, conclusion: run.conclusion, repository };
}

function mayRequire({ requiredChecks }: Service, check: string): boolean {
  return requiredChecks === "auto" || requiredChecks.includes(check);
}

const origin = z.object({
  check_run: z.object({ check_suite: z.object({ head_repository: z.object({ id: z.number() }) }) }),
});

/** Whether the payload names another repository as the one that the commit was pushed to. */
function readIsFromFork(payload: GitHubEvent["payload"], repositoryId: number): boolean {
  const parsed = origin.safeParse(payload);
  return parsed.success && parsed.data.check_run.check_suite.head_repository.id !== repositoryId;
}
