import type { DayClock } from "../day-clock.ts";
import type { Numbered } from "./assign-numbers.ts";
import { type PlannedPull, UPSTREAM } from "./plan-pull-requests.ts";
import { integer } from "./random.ts";

/** Minutes that the required check takes before and after the change that makes it faster. */
const SLOW = 24;
const FAST = 14;
/** Working day of that change. */
export const FASTER_FROM = 12;
/** Working day on which master stays red for two commits. */
const LONG_RED_DAY = 8;
/** Minutes from an upstream merge to the bump by the bot. */
const BUMP_MINUTES = 4;

/** A commit on the deployed repository's master with its required check. Times are minutes since the midnight of the demo's day. */
export interface PlannedCommit {
  sha: string;
  /** The upstream commit of a bump; null for a commit of the deployed repository itself. */
  upstreamSha: string | null;
  /** The merged pull request, of the deployed or of the upstream repository. */
  pull: Numbered<PlannedPull>;
  at: number;
  /** Attempts in their order. A flaky check fails first, then passes. */
  checks: { start: number; takes: number; conclusion: "success" | "failure" }[];
}

/** A commit may break master only if the next one of the same day, which fixes it, follows within this number of minutes. */
const FIXED_WITHIN = 110;

type Arrived = Omit<PlannedCommit, "checks"> & { workday: number };

/** One commit for each merged pull request. Pull requests of the upstream repository arrive as bumps. */
export function planCommits(
  clock: DayClock,
  pulls: Numbered<PlannedPull>[],
  workdayOf: (moment: number) => number,
): PlannedCommit[] {
  const arrived = pulls
    .flatMap((pull) => (pull.end?.merged ? [toArrival(clock, pull, pull.end.at)] : []))
    .map((commit) => ({ ...commit, workday: workdayOf(commit.at) }))
    .sort((a, b) => a.at - b.at);
  const outcomes = { red: findBroken(arrived), flaky: findFlaky(arrived) };
  return arrived.map((commit) => ({ ...commit, checks: planChecks(clock, commit, outcomes) }));
}

function toArrival(
  clock: DayClock,
  pull: Numbered<PlannedPull>,
  mergedAt: number,
): Omit<PlannedCommit, "checks"> {
  if (pull.repository !== UPSTREAM) return { sha: pull.mergeSha, upstreamSha: null, pull, at: mergedAt };
  const sha = clock.hex(`bump ${pull.mergeSha}`, 40);
  return { sha, upstreamSha: pull.mergeSha, pull, at: mergedAt + BUMP_MINUTES };
}

/** On every third working day, a commit breaks master, and the next one fixes it. On LONG_RED_DAY, it takes one more commit. */
function findBroken(commits: Arrived[]): Set<string> {
  const broken = new Set<string>();
  for (const [workday, today] of groupByWorkday(commits)) {
    if (workday % 3 !== 2) continue;
    const first = today.findIndex((commit, index) => {
      const next = today[index + 1];
      return next !== undefined && next.at - commit.at > 20 && next.at - commit.at < FIXED_WITHIN;
    });
    const more = workday === LONG_RED_DAY && first + 2 < today.length ? 1 : 0;
    if (first >= 0) for (const { sha } of today.slice(first, first + 1 + more)) broken.add(sha);
  }
  return broken;
}

/** On every third working day, the check of the second commit is flaky. These days differ from those of `findBroken`. */
function findFlaky(commits: Arrived[]): Set<string> {
  const days = [...groupByWorkday(commits)].filter(([workday]) => workday % 3 === 0);
  return new Set(days.flatMap(([, today]) => today.slice(1, 2).map(({ sha }) => sha)));
}

function groupByWorkday(commits: Arrived[]): Map<number, Arrived[]> {
  const days = new Map<number, Arrived[]>();
  for (const commit of commits) days.set(commit.workday, [...(days.get(commit.workday) ?? []), commit]);
  return days;
}

function planChecks(
  clock: DayClock,
  { sha, at, workday }: Arrived,
  { red, flaky }: { red: Set<string>; flaky: Set<string> },
): PlannedCommit["checks"] {
  const usual = workday < FASTER_FROM ? SLOW + workday * 0.3 : FAST;
  const takes = usual + clock.number(`takes ${sha}`, 500) / 100;
  const check = { start: at + 1 + clock.number(`waits ${sha}`, 200) / 100, takes };
  if (red.has(sha)) return [{ ...check, conclusion: "failure" }];
  if (!flaky.has(sha)) return [{ ...check, conclusion: "success" }];
  const again = check.start + takes + integer(clock, `again ${sha}`, 4, 12);
  return [
    { ...check, conclusion: "failure" },
    { start: again, takes, conclusion: "success" },
  ];
}
