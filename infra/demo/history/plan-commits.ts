import type { DayClock } from "../day-clock.ts";
import type { Numbered } from "./assign-numbers.ts";
import { type PlannedPull, UPSTREAM } from "./plan-pull-requests.ts";
import { integer } from "./random.ts";

/** How long a commit's required check takes at the beginning and after the change that makes it faster, in minutes. */
const SLOW = 24;
const FAST = 14;
/** The working day of the change. */
export const FASTER_FROM = 12;
/** The working day on which master is red for longer. */
const LONG_RED_DAY = 8;
/** Minutes that the bot takes to bump. */
const BUMP = 4;

/** A commit on the deployed repository's master, and what its required check says. Moments are minutes since the midnight of the demo's day. */
export interface PlannedCommit {
  sha: string;
  /** The commit of the upstream repository that it bumps to, null for the repository's own. */
  upstreamSha: string | null;
  /** The pull request that it came with: its own repository's, or the upstream one's, which it is the bump of. */
  pull: Numbered<PlannedPull>;
  at: number;
  /** One after another; a flake fails first and then passes. */
  checks: { start: number; takes: number; conclusion: "success" | "failure" }[];
}

/** The next commit of the same day mends what a commit broke if it comes within so many minutes. */
const FIXED_WITHIN = 110;

type Arrived = Omit<PlannedCommit, "checks"> & { workday: number };

/** Every merged pull request arrives on master: of the upstream repository as a bump. */
export function planCommits(
  clock: DayClock,
  pulls: Numbered<PlannedPull>[],
  workdayOf: (moment: number) => number,
): PlannedCommit[] {
  const arrived = pulls
    .flatMap((pull) => (pull.end?.merged ? [toArrival(clock, pull, pull.end.at)] : []))
    .map((commit) => ({ ...commit, workday: workdayOf(commit.at) }))
    .sort((a, b) => a.at - b.at);
  const verdicts = { red: findBroken(arrived), flaky: findFlaky(arrived) };
  return arrived.map((commit) => ({ ...commit, checks: planChecks(clock, commit, verdicts) }));
}

function toArrival(
  clock: DayClock,
  pull: Numbered<PlannedPull>,
  mergedAt: number,
): Omit<PlannedCommit, "checks"> {
  if (pull.repository !== UPSTREAM) return { sha: pull.mergeSha, upstreamSha: null, pull, at: mergedAt };
  const sha = clock.hex(`bump ${pull.mergeSha}`, 40);
  return { sha, upstreamSha: pull.mergeSha, pull, at: mergedAt + BUMP };
}

/** Every third working day a commit breaks master, which the next one mends; on one of them it takes one more. */
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

/** On every third working day, another one, the second commit's check fails once. */
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
