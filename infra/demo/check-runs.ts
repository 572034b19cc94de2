import { checkRunPayload } from "../emulators/github/webhooks/check-run.ts";
import { workflowJobPayload } from "../emulators/github/webhooks/workflow-job.ts";
import type { DayClock } from "./day-clock.ts";
import type { DemoDelivery } from "./delivery.ts";
import { githubDelivery } from "./github-delivery.ts";

export interface DemoCheck {
  /** owner/name */
  repository: string;
  sha: string;
  branch: string;
  /** The organization's pull request whose head is the commit. */
  pullRequest?: { number: number; baseSha: string };
  name: string;
  conclusion: string;
  /** Minutes since midnight. Without it, the check starts immediately. */
  queued?: number;
  /** Minutes since midnight. */
  start: number;
  /** Minutes. */
  takes: number;
  /** Number of the attempt at the same commit, from 1. */
  attempt?: number;
  /** Jobs of a required check, with their conclusions. */
  jobs?: Record<string, string>;
}

interface CheckState {
  action: "created" | "completed";
  status: string;
  conclusion: string | null;
  startedAt: string;
  completedAt: string | null;
}

/** The two deliveries of a check run: `created` when it is queued or starts, `completed` with its conclusion. */
export function checkDeliveries(clock: DayClock, check: DemoCheck): DemoDelivery[] {
  const created: CheckState = {
    action: "created",
    status: check.queued === undefined ? "in_progress" : "queued",
    conclusion: null,
    startedAt: clock.at(check.queued ?? check.start),
    completedAt: null,
  };
  const completed: CheckState = {
    action: "completed",
    status: "completed",
    conclusion: check.conclusion,
    startedAt: clock.at(check.start),
    completedAt: clock.at(check.start + check.takes),
  };
  return [checkDelivery(clock, check, created), checkDelivery(clock, check, completed)];
}

function checkDelivery(clock: DayClock, check: DemoCheck, state: CheckState): DemoDelivery {
  const { repository, sha, name, branch, pullRequest, jobs } = check;
  const key = checkKey(check);
  const id = checkId(clock, check);
  return githubDelivery(clock, {
    event: "check_run",
    key: `${key} ${state.action}`,
    label: `${name} ${state.conclusion ?? state.status} on ${sha.slice(0, 7)}`,
    payload: checkRunPayload({
      repository,
      sender: "getsentry-bot",
      id,
      // Of all attempts: a check that fails and passes in one suite is flaky.
      suiteId: 4_000_000_000 + clock.number(`${repository} ${sha} ${name} suite`, 900_000_000),
      name,
      sha,
      branch,
      pullRequest,
      jobs,
      ...state,
    }),
  });
}

function checkKey({ repository, sha, name, attempt = 1 }: DemoCheck): string {
  return `${repository} ${sha} ${name} ${attempt}`;
}

function checkId(clock: DayClock, check: DemoCheck): number {
  return 3_000_000_000 + clock.number(checkKey(check), 900_000_000);
}

/**
 * The job of GitHub Actions that a check is, once it is completed.
 *
 * @param labels of the runner
 */
export function jobDelivery(clock: DayClock, check: DemoCheck, labels: string[]): DemoDelivery {
  const { repository, sha, name, branch, attempt = 1, conclusion, queued, start, takes } = check;
  return githubDelivery(clock, {
    event: "workflow_job",
    key: `${checkKey(check)} job`,
    label: `Job ${name} ${conclusion} on ${sha.slice(0, 7)}`,
    payload: workflowJobPayload({
      ...{ repository, sender: "getsentry-bot", name, sha, branch, labels, attempt, conclusion },
      id: checkId(clock, check),
      runId: 9_000_000_000 + clock.number(`${repository} ${sha} run`, 900_000_000),
      workflow: name.includes("backend") ? "backend" : "frontend",
      createdAt: clock.at(queued ?? start),
      startedAt: clock.at(start),
      completedAt: clock.at(start + takes),
    }),
  });
}
