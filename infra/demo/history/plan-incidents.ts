import type { DemoIncident } from "../incidents.ts";
import { type PlannedChanges, plantedFailures, shippedByDeploy } from "./planted-failures.ts";

/** Minutes from the end of the deploy to the incident, and how long the incident takes. */
const AFTER = 12;
const TAKES = 35;

/** An incident, and the number of the deploy that caused it. */
export type PlannedIncident = DemoIncident & { deploy: number };

/** One incident: after a change in the middle of the month that nothing else makes a failure, before the next deploy begins. */
export function planIncidents(plan: PlannedChanges): PlannedIncident[] {
  const failed = new Set(plantedFailures({ ...plan, incidents: [] }).failures.map(({ number }) => number));
  const finished = shippedByDeploy(plan);
  const found = finished.slice(Math.floor(finished.length / 2)).find(({ deploy }) => {
    const isRepeated = finished.filter(({ deploy: { sha } }) => sha === deploy.sha).length > 1;
    const opened = deploy.start + deploy.takes + AFTER;
    const isFollowed = plan.deploys.some(({ start }) => start > deploy.start && start <= opened + TAKES);
    return !isRepeated && !isFollowed && !failed.has(deploy.number);
  });
  if (!found) return [];
  const { number, start, takes } = found.deploy;
  const opened = start + takes + AFTER;
  return [
    { title: "Checkout returns 500", service: "getsentry", opened, resolved: opened + TAKES, deploy: number },
  ];
}
