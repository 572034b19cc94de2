import type { DayClock } from "../day-clock.ts";
import { DAY_MINUTES, type Workday } from "./calendar.ts";
import { engineers, outsiders } from "./people.ts";
import { integer, pick } from "./random.ts";
import { CUT_TITLE, deployedTitles, HOTFIX_TITLE, upstreamTitles } from "./titles.ts";

export const UPSTREAM = "getsentry/sentry";
export const DEPLOYED = "getsentry/getsentry";

/** Sha of the commit that was on a repository's master, and deployed, before the history begins. @param repository owner/name */
export function rootCommit(clock: DayClock, repository: string): string {
  return clock.hex(`${repository} before the history`, 40);
}

/** Working day of the pull request that makes the bundle smaller. */
const CUT_DAY = 14;
/** Change of the size by that pull request, in bytes. */
const CUT = -140_000;

/** Working day of a hotfix for the change that is live. */
const HOTFIX_DAY = 9;
/** Working day on which a pull request of the day before is reverted. */
const REVERT_DAY = 18;

/** Time of the last merge of a day, in minutes since midnight. */
const EVENING = 17 * 60 + 40;

/** A pull request without its number. Times are minutes since the midnight of the demo's day. */
export interface PlannedPull {
  repository: string;
  title: string;
  body?: string;
  /** Login. */
  author: string;
  branch: string;
  headSha: string;
  mergeSha: string;
  /** When its commits were authored, oldest first. */
  authored: number[];
  opened: number;
  review: { by: string; requested: number; submitted: number } | null;
  /** null if it is open. */
  end: { at: number; merged: boolean; by: string } | null;
  /** Change of the size of the largest bundle. */
  bytes: number;
}

/**
 * On each working day 4 to 6 pull requests of the upstream repository and one of the deployed one; on every third, one from outside. One
 * in the month is a hotfix, and one a revert.
 */
export function planPullRequests(clock: DayClock, workdays: Workday[]): PlannedPull[] {
  const usual = planUsual(clock, workdays);
  return [...usual, ...planHotfix(clock, workdays), ...planRevert(clock, workdays, usual)];
}

function planHotfix(clock: DayClock, workdays: Workday[]): PlannedPull[] {
  const day = workdays[HOTFIX_DAY];
  if (!day) return [];
  const pull = { ...planDeployedPull(clock, workdays, day), title: HOTFIX_TITLE, branch: "stop-the-retries" };
  return [mergeSoon(clock, pull, day.midnight + 11 * 60, "hotfix")];
}

/** Reverts the first upstream pull request of the working day before that was merged on that day. */
function planRevert(clock: DayClock, workdays: Workday[], usual: PlannedPull[]): PlannedPull[] {
  const [before, day] = [workdays[REVERT_DAY - 1], workdays[REVERT_DAY]];
  if (!before || !day) return [];
  const reverted = usual.find(
    ({ repository, opened, end }) =>
      repository === UPSTREAM &&
      opened > before.midnight &&
      end?.merged &&
      end.at < before.midnight + EVENING,
  );
  if (!reverted) return [];
  const pull = {
    ...reverted,
    title: `Revert "${reverted.title}"`,
    body: `This reverts commit ${reverted.mergeSha}.`,
    branch: `revert-${reverted.branch}`,
    bytes: -reverted.bytes,
  };
  return [mergeSoon(clock, pull, day.midnight + 14 * 60, "revert")];
}

/** A pull request that is written, approved and merged within an hour. @param opened minutes since the midnight of the demo's day */
function mergeSoon(clock: DayClock, pull: PlannedPull, opened: number, key: string): PlannedPull {
  const by = pick(
    clock,
    `reviewer ${key}`,
    engineers.filter((login) => login !== pull.author),
  );
  return {
    ...pull,
    headSha: clock.hex(`head ${key}`, 40),
    mergeSha: clock.hex(`merge ${key}`, 40),
    authored: [opened - 12],
    opened,
    review: { by, requested: opened + 3, submitted: opened + 21 },
    end: { at: opened + 30, merged: true, by },
  };
}

function planUsual(clock: DayClock, workdays: Workday[]): PlannedPull[] {
  return workdays.flatMap((day) => {
    const { workday } = day;
    const own = Array.from({ length: integer(clock, `changes ${workday}`, 4, 7) }, (_, index) =>
      planUpstreamPull(clock, workdays, day, `${workday} ${index}`),
    );
    const cut = { ...planUpstreamPull(clock, workdays, day, `${workday} cut`), title: CUT_TITLE, bytes: CUT };
    return [
      ...own,
      ...(workday === CUT_DAY ? [cut] : []),
      ...(workday % 3 === 1 ? [planOutsidePull(clock, workdays, day)] : []),
      planDeployedPull(clock, workdays, day),
    ];
  });
}

function planUpstreamPull(clock: DayClock, workdays: Workday[], day: Workday, key: string): PlannedPull {
  const { text, frontend } = pick(clock, `title ${key}`, upstreamTitles);
  return planPull(clock, workdays, day, {
    key: `upstream ${key}`,
    repository: UPSTREAM,
    title: text,
    author: pick(clock, `author ${key}`, engineers),
    bytes: frontend ? integer(clock, `bytes ${key}`, 400, 6000) : 0,
  });
}

function planDeployedPull(clock: DayClock, workdays: Workday[], day: Workday): PlannedPull {
  const key = `deployed ${day.workday}`;
  return planPull(clock, workdays, day, {
    key,
    repository: DEPLOYED,
    title: pick(clock, `title ${key}`, deployedTitles),
    author: pick(clock, `author ${key}`, engineers),
    bytes: 0,
  });
}

function planOutsidePull(clock: DayClock, workdays: Workday[], day: Workday): PlannedPull {
  const key = `outside ${day.workday}`;
  return planPull(clock, workdays, day, {
    key,
    repository: UPSTREAM,
    title: pick(clock, `title ${key}`, upstreamTitles).text,
    author: pick(
      clock,
      `author ${key}`,
      outsiders.map(({ login }) => login),
    ),
    bytes: 0,
  });
}

function planPull(
  clock: DayClock,
  workdays: Workday[],
  day: Workday,
  change: Pick<PlannedPull, "repository" | "title" | "author" | "bytes"> & { key: string },
): PlannedPull {
  const { key, ...fields } = change;
  const opened = day.midnight + integer(clock, `opened ${key}`, 8 * 60 + 20, 16 * 60 + 30);
  const reviewer = pick(
    clock,
    `reviewer ${key}`,
    engineers.filter((login) => login !== change.author),
  );
  const end = planEnd(clock, workdays, { day, key, opened, by: reviewer });
  const commits = integer(clock, `commits ${key}`, 1, 4);
  const first = opened - integer(clock, `authored ${key}`, 25, 420);
  return {
    ...fields,
    branch: `${change.title
      .toLowerCase()
      .replace(/[^a-z]+/g, "-")
      .slice(0, 32)}-${clock.hex(key, 4)}`,
    headSha: clock.hex(`head ${key}`, 40),
    mergeSha: clock.hex(`merge ${key}`, 40),
    authored: Array.from({ length: commits }, (_, index) =>
      Math.round(first + ((opened - 2 - first) * index) / commits),
    ),
    opened,
    review: planReview(clock, key, { opened, by: reviewer, until: end?.at ?? 0 }),
    end,
  };
}

/** About half end on the day on which they were opened. One in 14 is closed without merging. */
function planEnd(
  clock: DayClock,
  workdays: Workday[],
  { day, key, opened, by }: { day: Workday; key: string; opened: number; by: string },
): PlannedPull["end"] {
  const merged = clock.number(`given up ${key}`, 14) !== 0;
  const sameDay = opened + integer(clock, `soon ${key}`, 55, 300);
  const later = pick(clock, `later ${key}`, [0, 0, 0, 0, 0, 1, 1, 1, 2, 4]);
  if (later === 0 && sameDay < day.midnight + EVENING) return { at: sameDay, merged, by };
  const next = workdays[day.workday + Math.max(later, 1)];
  if (!next) return null;
  return { at: next.midnight + integer(clock, `merged ${key}`, 9 * 60 + 10, EVENING), merged, by };
}

function planReview(
  clock: DayClock,
  key: string,
  { opened, by, until }: { opened: number; by: string; until: number },
): PlannedPull["review"] {
  const requested = opened + 3;
  const latest = Math.min(until - 4, requested + DAY_MINUTES);
  if (latest < requested + 20) return null;
  return { by, requested, submitted: integer(clock, `reviewed ${key}`, requested + 15, latest) };
}
