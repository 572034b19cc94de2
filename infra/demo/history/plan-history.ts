import type { DemoBuild } from "../assets.ts";
import type { DemoBootstrap } from "../bootstraps.ts";
import { DayClock } from "../day-clock.ts";
import type { DemoDeploy } from "../deploys.ts";
import { assignNumbers, type Numbered } from "./assign-numbers.ts";
import { dayIndex, type HistoryDay, historyDays, selectWorkdays } from "./calendar.ts";
import { planBootstraps } from "./plan-bootstraps.ts";
import { planBuilds } from "./plan-bundle.ts";
import { type PlannedCommit, planCommits } from "./plan-commits.ts";
import { planDeploys } from "./plan-deploys.ts";
import { type PlannedIncident, planIncidents } from "./plan-incidents.ts";
import { type PlannedIssue, planIssues } from "./plan-issues.ts";
import { DEPLOYED, type PlannedPull, planPullRequests, UPSTREAM } from "./plan-pull-requests.ts";

/** Lower than the numbers of the default state of the GitHub emulator. */
const FIRST_NUMBERS = { [UPSTREAM]: 22_000, [DEPLOYED]: 4900, "getsentry/sentry-python": 900 };

/** The month before the demo's day. Deliveries and the state of the GitHub emulator are derived from it. */
export interface HistoryPlan {
  clock: DayClock;
  /** Oldest first. */
  days: HistoryDay[];
  pulls: Numbered<PlannedPull>[];
  issues: Numbered<PlannedIssue>[];
  /** Commits on the deployed repository's master, oldest first. */
  commits: PlannedCommit[];
  builds: DemoBuild[];
  deploys: DemoDeploy[];
  bootstraps: DemoBootstrap[];
  incidents: PlannedIncident[];
}

/** @param date of the demo's day, YYYY-MM-DD; the same date gives the same history */
export function planHistory(date: string): HistoryPlan {
  const clock = new DayClock(date);
  const days = historyDays(date);
  const workdays = selectWorkdays(days);
  const opened = assignNumbers<PlannedPull | PlannedIssue>(
    [...planPullRequests(clock, workdays), ...planIssues(clock, days)],
    FIRST_NUMBERS,
  );
  const pulls = opened.filter((item): item is Numbered<PlannedPull> => "branch" in item);
  const issues = opened.filter((item): item is Numbered<PlannedIssue> => "comments" in item);
  const workdayOf = (moment: number) =>
    workdays.findLast(({ midnight }) => dayIndex(midnight) <= dayIndex(moment))?.workday ?? 0;
  const commits = planCommits(clock, pulls, workdayOf);
  const deploys = planDeploys(clock, workdays, commits);
  return {
    clock,
    days,
    pulls,
    issues,
    commits,
    builds: planBuilds(clock, pulls),
    deploys,
    bootstraps: planBootstraps(clock, workdays),
    incidents: planIncidents({ deploys, commits, pulls }),
  };
}
