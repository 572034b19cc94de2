import { describe, expect, it } from "vitest";
import type { DeployStatus } from "../../shared/events/deployment.ts";
import { type DeploymentHealth, decideAlerts, decideMessage } from "./decide.ts";

const now = new Date("2026-11-25T12:00:00Z");
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
const thresholds = { noDeployHours: 24, failuresInARow: 3, undeployedHours: 72 };
const attempts = (...statuses: DeployStatus[]) => statuses.map((status) => ({ status }));

describe("decideAlerts", () => {
  it.each<[string, Partial<DeploymentHealth>, Record<string, string>]>([
    [
      "a service that is deployed often",
      { lastFinishedAt: hoursAgo(2), waiting: { count: 3, oldestAt: hoursAgo(1) } },
      {},
    ],
    ["no deployment for a day, and nothing waits", { lastFinishedAt: hoursAgo(500) }, {}],
    [
      "no deployment for a day while commits wait",
      { lastFinishedAt: hoursAgo(26), waiting: { count: 4, oldestAt: hoursAgo(25) } },
      { stalled: "No deployment has finished for 26 hours, and 4 commits wait" },
    ],
    ["almost a day", { lastFinishedAt: hoursAgo(23.9), waiting: { count: 4, oldestAt: hoursAgo(20) } }, {}],
    [
      "a commit that waits for three days although others were deployed",
      { lastFinishedAt: hoursAgo(1), waiting: { count: 1, oldestAt: hoursAgo(80) } },
      { waiting: "A commit has waited for 3 days to be deployed" },
    ],
    ["two failures in a row", { attempts: attempts("failed", "failed", "finished", "failed") }, {}],
    [
      "three failures in a row",
      { attempts: attempts("failed", "failed", "failed", "finished") },
      { failing: "The last 3 deployments failed" },
    ],
    [
      "three failures with a canceled one between",
      { attempts: attempts("failed", "canceled", "failed", "failed") },
      { failing: "The last 3 deployments failed" },
    ],
    ["nothing that is known", {}, {}],
  ])("of %s", (_, changes, expected) => {
    const health = { now, attempts: [], lastFinishedAt: null, waiting: null, ...changes };
    expect(Object.fromEntries(decideAlerts(health, thresholds))).toEqual(expected);
  });
});

describe("decideMessage", () => {
  const open = { kind: "failing" as const, text: "The last 3 deployments failed", isOpen: true };
  it.each([
    ["a threshold that is passed now", null, "The last 3 deployments failed", "post"],
    ["one that is passed still", open, "The last 4 deployments failed", "nothing"],
    ["one that is no longer passed", open, undefined, "resolve"],
    ["one that was not passed", null, undefined, "nothing"],
  ])("of %s", (_, before, text, expected) => {
    expect(decideMessage(before, text)).toBe(expected);
  });
});
