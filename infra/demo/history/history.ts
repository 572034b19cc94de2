import type { DayClock } from "../day-clock.ts";
import type { PastDelivery, Scene } from "../delivery.ts";
import { historyDeliveries } from "./deliveries.ts";
import type { PlannedCommit } from "./plan-commits.ts";
import { type HistoryPlan, planHistory } from "./plan-history.ts";

/**
 * The month before the demo's day, as scenes of deliveries.
 *
 * @param date of the demo's day, YYYY-MM-DD; the same date gives the same deliveries
 */
export function demoHistory(date: string): Scene[] {
  const plan = planHistory(date);
  const deliveries = historyDeliveries(plan).sort((a, b) => a.at - b.at);
  return splitIntoScenes(plan.clock, deliveries, sceneBoundaries(plan));
}

/**
 * Times before which all earlier events must have been handled. They make the Slack messages independent of the speed of deliveries: authors
 * are notified before their deploy starts, master is red before it is green, and an incident opens after its deploy has finished.
 */
function sceneBoundaries({ deploys, commits, days, incidents }: HistoryPlan): number[] {
  const started = deploys.filter(({ environment }) => environment === "production").map(({ start }) => start);
  return [
    ...days.map(({ midnight }) => midnight),
    ...started,
    ...commits.flatMap(failureBoundaries),
    ...incidents.flatMap(({ opened, resolved }) => [opened, resolved]),
  ].sort((a, b) => a - b);
}

/** A scene of its own for the end of each failed check, one millisecond long. */
function failureBoundaries({ checks }: PlannedCommit): number[] {
  return checks
    .filter(({ conclusion }) => conclusion === "failure")
    .flatMap(({ start, takes }) => [start + takes, start + takes + 1 / 60_000]);
}

/** @param boundaries times at which a new scene begins, in ascending order */
function splitIntoScenes(clock: DayClock, deliveries: PastDelivery[], boundaries: number[]): Scene[] {
  const scenes = new Map<number, Scene>();
  let passed = 0;
  for (const { at, delivery } of deliveries) {
    while ((boundaries[passed] ?? Number.POSITIVE_INFINITY) <= at) passed++;
    const scene = scenes.get(passed) ?? [];
    const date = clock.at(at).slice(0, 10);
    scene.push({ ...delivery, label: `${date} ${delivery.label}` });
    scenes.set(passed, scene);
  }
  return [...scenes.values()];
}
