import type { DayClock } from "../day-clock.ts";
import type { DemoDeploy } from "../deploys.ts";
import type { Workday } from "./calendar.ts";
import { between } from "./chance.ts";
import type { PlannedCommit } from "./plan-commits.ts";
import { DEPLOYED } from "./plan-pull-requests.ts";
import { rootCommit } from "./root-commit.ts";

/** The numbers that the demo's day goes on from. */
const LAST_PRODUCTION = 100;
const LAST_STAGING = 54;
/** When deploys to production begin, in minutes of a day. */
const slots = [10 * 60 + 20, 12 * 60 + 40, 14 * 60 + 50, 16 * 60 + 50];
/** The working day on which a deploy has to be taken back. */
export const INCIDENT_DAY = 16;
const deployers = ["mira.okafor", "jonas.lindqvist", "lena.fischer", "aino.virtanen", "chidi.eze"];

type Unnumbered = Omit<DemoDeploy, "number">;

/**
 * What was deployed: a few times a day whatever has passed by then. Some fail and are tried again, a few are canceled, and one day's change
 * is followed by failures and taken back.
 *
 * @param commits of master, oldest first
 */
export function planDeploys(clock: DayClock, workdays: Workday[], commits: PlannedCommit[]): DemoDeploy[] {
  const production: Unnumbered[] = [];
  const staging: Unnumbered[] = [];
  const root = rootCommit(clock, DEPLOYED);
  for (const day of workdays) {
    for (const [slot, minute] of slots.entries()) {
      const start = day.midnight + minute + clock.number(`deploy ${day.workday} ${slot}`, 40);
      const newest = commits.findLast((commit) => isGood(commit, start));
      const finished = production.filter(({ outcome }) => outcome === "finished");
      const live = finished.at(-1)?.sha ?? root;
      if (!newest || finished.some(({ sha }) => sha === newest.sha)) continue;
      const deploy = deployOf(clock, {
        start,
        slot,
        sha: newest.sha,
        previousSha: live,
        workday: day.workday,
      });
      production.push(...attempts(clock, deploy, { workday: day.workday, slot }));
      if (slot === 0)
        staging.push({ ...deploy, environment: "staging", start: start - 40, takes: 5, outcome: "finished" });
    }
  }
  return [...fromEnd(production, LAST_PRODUCTION), ...fromEnd(staging, LAST_STAGING)].sort(
    (a, b) => a.start - b.start,
  );
}

/** Whether a commit's required check has passed at a moment. */
function isGood({ checks }: PlannedCommit, moment: number): boolean {
  const last = checks.at(-1);
  return last?.conclusion === "success" && last.start + last.takes < moment;
}

function deployOf(
  clock: DayClock,
  deploy: Pick<Unnumbered, "start" | "sha" | "previousSha"> & { slot: number; workday: number },
): Unnumbered {
  const { slot, workday, ...rest } = deploy;
  const user = deployers[(workday + slot) % deployers.length] ?? "mira.okafor";
  const takes = 8 + clock.number(`deploy takes ${workday} ${slot}`, 400) / 100;
  return { ...rest, takes, outcome: "finished", environment: "production", user: `${user}@sentry.io` };
}

/** What becomes of a deploy: most finish at once. */
function attempts(
  clock: DayClock,
  deploy: Unnumbered,
  { workday, slot }: { workday: number; slot: number },
): Unnumbered[] {
  const later = (minutes: number, change: Partial<Unnumbered>) => ({
    ...deploy,
    start: deploy.start + minutes,
    ...change,
  });
  const failed = later(0, { outcome: "failed", takes: 4 });
  if (workday === INCIDENT_DAY && slot === 1)
    return [
      deploy,
      later(24, { ...failed, previousSha: deploy.sha, start: deploy.start + 24 }),
      later(34, { ...failed, previousSha: deploy.sha, start: deploy.start + 34 }),
      later(49, { sha: deploy.previousSha, previousSha: deploy.sha }),
    ];
  if (workday % 6 === 4 && slot === 1) return [failed, later(between(clock, `retry ${workday}`, 9, 25), {})];
  if (workday % 7 === 5 && slot === 3) return [later(0, { outcome: "canceled", takes: 2 }), later(12, {})];
  return [deploy];
}

/** Numbers deploys in their order, so that the last has a certain number. */
function fromEnd(deploys: Unnumbered[], last: number): DemoDeploy[] {
  return deploys.map((deploy, index) => ({ ...deploy, number: last - deploys.length + 1 + index }));
}
