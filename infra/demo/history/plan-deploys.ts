import type { DayClock } from "../day-clock.ts";
import type { DemoDeploy } from "../deploys.ts";
import type { Workday } from "./calendar.ts";
import type { PlannedCommit } from "./plan-commits.ts";
import { DEPLOYED, rootCommit } from "./plan-pull-requests.ts";

/** Numbers of the last deploys. The demo's day continues with the next ones. */
const LAST_PRODUCTION = 100;
const LAST_STAGING = 54;
/** Starts of deploys to production, in minutes since midnight. */
const slots = [10 * 60 + 20, 12 * 60 + 40, 14 * 60 + 50, 16 * 60 + 50];
/** The first deploy on or after this working day, except in the first slot, is rolled back. */
const INCIDENT_DAY = 15;
/** The first attempt of one in FAILS deploys fails, and of one in CANCELED deploys is canceled. */
const FAILS = 13;
const CANCELED = 19;
const deployers = ["mira.okafor", "jonas.lindqvist", "lena.fischer", "aino.virtanen", "chidi.eze"];

type Unnumbered = Omit<DemoDeploy, "number">;

/**
 * Plans up to four deploys a day, each of the newest commit that has passed its check. Some fail or are canceled and are then repeated. One
 * deploy is rolled back after two failed ones.
 *
 * @param commits of master, oldest first
 */
export function planDeploys(clock: DayClock, workdays: Workday[], commits: PlannedCommit[]): DemoDeploy[] {
  const production: Unnumbered[] = [];
  const staging: Unnumbered[] = [];
  const root = rootCommit(clock, DEPLOYED);
  let count = 0;
  let incident = false;
  for (const day of workdays) {
    for (const [slot, minute] of slots.entries()) {
      const start = day.midnight + minute + clock.number(`deploy ${day.workday} ${slot}`, 40);
      const newest = commits.findLast((commit) => hasPassed(commit, start));
      const finished = production.filter(({ outcome }) => outcome === "finished");
      const live = finished.at(-1)?.sha ?? root;
      if (!newest || finished.some(({ sha }) => sha === newest.sha)) continue;
      const deploy = planDeploy(clock, {
        start,
        slot,
        sha: newest.sha,
        previousSha: live,
        workday: day.workday,
      });
      const isIncident: boolean = !incident && day.workday >= INCIDENT_DAY && slot > 0;
      incident ||= isIncident;
      production.push(...(isIncident ? withRollback(deploy) : planAttempts(deploy, count++)));
      if (slot === 0)
        staging.push({ ...deploy, environment: "staging", start: start - 40, takes: 5, outcome: "finished" });
    }
  }
  return [...numberUpTo(production, LAST_PRODUCTION), ...numberUpTo(staging, LAST_STAGING)].sort(
    (a, b) => a.start - b.start,
  );
}

/** Whether a commit's required check has passed by a time. */
function hasPassed({ checks }: PlannedCommit, moment: number): boolean {
  const last = checks.at(-1);
  return last?.conclusion === "success" && last.start + last.takes < moment;
}

function planDeploy(
  clock: DayClock,
  deploy: Pick<Unnumbered, "start" | "sha" | "previousSha"> & { slot: number; workday: number },
): Unnumbered {
  const { slot, workday, ...rest } = deploy;
  const user = deployers[(workday + slot) % deployers.length] ?? "mira.okafor";
  const takes = 8 + clock.number(`deploy takes ${workday} ${slot}`, 400) / 100;
  const waits = (15 + clock.number(`deploy waits ${workday} ${slot}`, 150)) / 60;
  return { ...rest, waits, takes, outcome: "finished", environment: "production", user: `${user}@sentry.io` };
}

/** A deploy of a harmful change: two deploys of a fix fail, then the previous commit is deployed again. */
function withRollback(deploy: Unnumbered): Unnumbered[] {
  const failed = { previousSha: deploy.sha, outcome: "failed" as const, takes: 4 };
  return [
    deploy,
    retryAfter(deploy, 24, failed),
    retryAfter(deploy, 34, failed),
    retryAfter(deploy, 49, { sha: deploy.previousSha, previousSha: deploy.sha }),
  ];
}

/** The attempts of a deploy; most have one. @param count index of the deploy */
function planAttempts(deploy: Unnumbered, count: number): Unnumbered[] {
  if (count % FAILS === 7) return [{ ...deploy, outcome: "failed", takes: 4 }, retryAfter(deploy, 17, {})];
  if (count % CANCELED === 11)
    return [{ ...deploy, outcome: "canceled", takes: 2 }, retryAfter(deploy, 12, {})];
  return [deploy];
}

function retryAfter(deploy: Unnumbered, minutes: number, change: Partial<Unnumbered>): Unnumbered {
  return { ...deploy, start: deploy.start + minutes, ...change };
}

/** Numbers deploys in their order. @param last number of the last deploy */
function numberUpTo(deploys: Unnumbered[], last: number): DemoDeploy[] {
  return deploys.map((deploy, index) => ({ ...deploy, number: last - deploys.length + 1 + index }));
}
