import { z } from "zod";
import type { DeployStatus } from "../../shared/events/deployment.ts";
import type { Service } from "../../shared/organization/organization.ts";

export type Thresholds = NonNullable<NonNullable<Service["feed"]>["thresholds"]>;

export const alertKind = z.enum(["stalled", "failing", "waiting"]);
export type AlertKind = z.infer<typeof alertKind>;

/** What is known about a service's deployments to production. */
export interface DeploymentHealth {
  now: Date;
  /** Attempts that ended, newest first. */
  attempts: { status: DeployStatus }[];
  /** When the last deployment finished; null if none is known. */
  lastFinishedAt: Date | null;
  /** Commits of the branch that are not deployed; null if GitHub cannot compare. */
  waiting: { count: number; oldestAt: Date } | null;
}

const HOUR_MS = 3_600_000;

/**
 * Decides which thresholds of a service are passed, each with a sentence.
 *
 * - stalled: no deployment has finished for `noDeployHours`, while commits wait.
 * - failing: the last `failuresInARow` attempts failed. A canceled attempt says nothing, and does not end the row.
 * - waiting: a commit has been undeployed for `undeployedHours`, however often others were deployed.
 */
export function decideAlerts(health: DeploymentHealth, thresholds: Thresholds): Map<AlertKind, string> {
  const { now, attempts, lastFinishedAt, waiting } = health;
  const alerts = new Map<AlertKind, string>();
  const hoursSince = (time: Date) => (now.getTime() - time.getTime()) / HOUR_MS;
  const commits = waiting ? plural(waiting.count, "commit") : "";
  if (waiting && lastFinishedAt && hoursSince(lastFinishedAt) >= thresholds.noDeployHours)
    alerts.set(
      "stalled",
      `No deployment has finished for ${hours(hoursSince(lastFinishedAt))}, and ${commits} wait`,
    );
  const decided = attempts.filter(({ status }) => status === "finished" || status === "failed");
  const firstFinished = decided.findIndex(({ status }) => status === "finished");
  const failures = firstFinished < 0 ? decided.length : firstFinished;
  if (failures >= thresholds.failuresInARow)
    alerts.set("failing", `The last ${plural(failures, "deployment")} failed`);
  if (waiting && hoursSince(waiting.oldestAt) >= thresholds.undeployedHours)
    alerts.set("waiting", `A commit has waited for ${hours(hoursSince(waiting.oldestAt))} to be deployed`);
  return alerts;
}

function hours(count: number): string {
  return count < 48 ? plural(Math.floor(count), "hour") : plural(Math.floor(count / 24), "day");
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** State of the message about a passed threshold, as the database stores it. */
export const alertContext = z.object({
  kind: alertKind,
  /** Sentence of the message. */
  text: z.string(),
  /** Whether the threshold is still passed. */
  isOpen: z.boolean(),
  /** Whether the message ended because ci-tooling.yaml does not name the service, or thresholds for it, any more. */
  isRemoved: z.boolean().optional(),
});
export type AlertContext = z.infer<typeof alertContext>;

/**
 * Decides what to do about one threshold. A passed threshold has one message, which is edited once, when it is no longer passed: nobody
 * needs to read that the same thing is still so.
 */
export function decideMessage(
  open: AlertContext | null,
  text: string | undefined,
): "post" | "resolve" | "nothing" {
  if (text === undefined) return open ? "resolve" : "nothing";
  return open ? "nothing" : "post";
}
