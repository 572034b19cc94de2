import type { DemoDeploy } from "../deploys.ts";
import type { PlannedCommit } from "./plan-commits.ts";
import type { PlannedPull } from "./plan-pull-requests.ts";

/** What decides about the changes of a history. */
export interface PlannedChanges {
  deploys: DemoDeploy[];
  commits: PlannedCommit[];
  pulls: PlannedPull[];
}

/** A change of the history that fails, by the plan and not by the metrics. */
interface PlantedFailure {
  /** Number of the change's deploy. */
  number: number;
  reason: "rollback" | "hotfix" | "revert" | "incident";
}

/** Finished deploys to production in their order, each with the commits that it adds to those of the deploy before. */
export function shippedByDeploy({
  deploys,
  commits,
}: Pick<PlannedChanges, "deploys" | "commits">): { deploy: DemoDeploy; shipped: PlannedCommit[] }[] {
  const indexOf = (sha: string) => commits.findIndex((commit) => commit.sha === sha);
  return deploys
    .filter(({ environment, outcome }) => environment === "production" && outcome === "finished")
    .map((deploy) => ({
      deploy,
      shipped: commits.slice(indexOf(deploy.previousSha) + 1, indexOf(deploy.sha) + 1),
    }));
}

/** The changes of the history, and those that the plan lets fail: each once, with the first reason. */
export function plantedFailures(plan: PlannedChanges & { incidents: { deploy: number }[] }): {
  changes: number;
  failures: PlantedFailure[];
} {
  const finished = shippedByDeploy(plan);
  const changes = finished.filter(
    ({ deploy }, index) => finished.findIndex((other) => other.deploy.sha === deploy.sha) === index,
  );
  const failures = new Map<number, PlantedFailure["reason"]>();
  const fail = (number: number | undefined, reason: PlantedFailure["reason"]) => {
    if (number !== undefined && !failures.has(number)) failures.set(number, reason);
  };
  // Only a rollback deploys a commit again.
  finished.forEach(({ deploy }, index) => {
    const isRepeated = !changes.some((change) => change.deploy === deploy);
    if (isRepeated) fail(finished[index - 1]?.deploy.number, "rollback");
  });
  const seen = new Set<string>();
  changes.forEach(({ shipped }, index) => {
    // The change after a rollback ships what was withdrawn again.
    for (const { pull } of shipped.filter(({ sha }) => !seen.has(sha))) {
      if (pull.title.startsWith("Hotfix")) fail(changes[index - 1]?.deploy.number, "hotfix");
      const isReverted = plan.pulls.some(({ body }) => body?.includes(pull.mergeSha));
      if (isReverted) fail(changes[index]?.deploy.number, "revert");
    }
    for (const { sha } of shipped) seen.add(sha);
  });
  for (const { deploy } of plan.incidents) fail(deploy, "incident");
  return {
    changes: changes.length,
    failures: [...failures]
      .map(([number, reason]) => ({ number, reason }))
      .sort((a, b) => a.number - b.number),
  };
}
