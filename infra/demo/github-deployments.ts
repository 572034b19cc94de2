import type { CommitState } from "../emulators/github/state.ts";
import {
  type DeploymentActivity,
  deploymentPayload,
  deploymentStatusPayload,
} from "../emulators/github/webhooks/deployment.ts";
import { checkDeliveries } from "./check-runs.ts";
import type { DayClock } from "./day-clock.ts";
import type { Scene } from "./delivery.ts";
import { githubDelivery } from "./github-delivery.ts";

/** The service of ci-tooling.yaml that a workflow of GitHub Actions deploys. */
const SNUBA = "getsentry/snuba";
const CHECK = "snuba tests";
const BRANCH = "master";
/** 10:00 in minutes since midnight. */
const FIRST_CHECK = 10 * 60;
const MINUTES_PER_COMMIT = 7;

/**
 * The deployments of the service: its first commit is live in the morning. The others pass their check, and the newest is deployed: the
 * first attempt fails, and the same deployment succeeds when its job runs again. Each delivery about a deployment is a scene.
 */
export function githubDeploymentScenes(clock: DayClock, commits: CommitState[]): Scene[] {
  const [first, newest] = [commits[0], commits.at(-1)];
  if (!first || !newest) return [];
  const checks = commits.slice(1).flatMap(({ sha }, index) =>
    checkDeliveries(clock, {
      repository: SNUBA,
      sha,
      branch: BRANCH,
      name: CHECK,
      start: FIRST_CHECK + index * MINUTES_PER_COMMIT,
      takes: 6,
      conclusion: "success",
    }),
  );
  return [
    ...deployment(clock, first.sha, 570, [
      ["in_progress", 1],
      ["success", 8],
    ]),
    checks,
    ...deployment(clock, newest.sha, 700, [
      ["in_progress", 1],
      ["failure", 6],
      ["in_progress", 12],
      ["success", 20],
    ]),
  ];
}

/** @param start minutes since midnight @param statuses each with its minute after the start */
function deployment(clock: DayClock, sha: string, start: number, statuses: [string, number][]): Scene[] {
  const key = `deployment of ${sha}`;
  const common: DeploymentActivity = {
    repository: SNUBA,
    sender: "github-actions[bot]",
    id: 3_000_000_000 + clock.number(key, 900_000_000),
    sha,
    ref: BRANCH,
    environment: "production",
    createdAt: clock.at(start),
    runId: 18_000_000_000 + clock.number(`${key} run`, 900_000_000),
    actor: "lena-fischer",
  };
  const label = `snuba ${sha.slice(0, 7)}`;
  return [
    [
      githubDelivery(clock, {
        event: "deployment",
        key,
        label: `${label} queued`,
        payload: deploymentPayload(common),
      }),
    ],
    ...statuses.map(([state, minutes], index) => [
      githubDelivery(clock, {
        event: "deployment_status",
        key: `${key} ${index}`,
        label: `${label} ${state}`,
        payload: deploymentStatusPayload({
          ...common,
          statusId: common.id * 10 + index,
          state,
          at: clock.at(start + minutes),
        }),
      }),
    ]),
  ];
}
