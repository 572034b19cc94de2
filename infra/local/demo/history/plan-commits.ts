import type { DayClock } from "../day-clock.ts";
import { dayOf } from "./calendar.ts";
import { between } from "./chance.ts";
import type { Numbered } from "./number.ts";
import { type PlannedPull, UPSTREAM } from "./plan-pull-requests.ts";

/** How long a commit's required check takes at the beginning and after the change that makes it faster, in minutes. */
const SLOW = 24;
const FAST = 14;
/** The working day of the change. */
export const FASTER_FROM = 12;
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

/** Every merged pull request arrives on master: of the upstream repository as a bump. */
export function planCommits(
  clock: DayClock,
  pulls: Numbered<PlannedPull>[],
  workdayOf: (moment: number) => number,
): PlannedCommit[] {
  const merged = pulls
    .flatMap((pull) => (pull.end?.merged ? [{ pull, at: pull.end.at }] : []))
    .map(({ pull, at }) => ({ pull, at: pull.repository === UPSTREAM ? at + BUMP : at }))
    .sort((a, b) => a.at - b.at);
  return merged.map(({ pull, at }, index) => {
    const isBump = pull.repository === UPSTREAM;
    const sha = isBump ? clock.hex(`bump ${pull.mergeSha}`, 40) : pull.mergeSha;
    const upstreamSha = isBump ? pull.mergeSha : null;
    const today = merged.slice(0, index).filter((other) => dayOf(other.at) === dayOf(at)).length;
    return {
      sha,
      upstreamSha,
      pull,
      at,
      checks: checksOf(clock, { sha, at, workday: workdayOf(at), today }),
    };
  });
}

/** @param today which commit of its day it is, from 0 */
function checksOf(
  clock: DayClock,
  { sha, at, workday, today }: { sha: string; at: number; workday: number; today: number },
): PlannedCommit["checks"] {
  const usual = workday < FASTER_FROM ? SLOW + workday * 0.3 : FAST;
  const takes = usual + clock.number(`takes ${sha}`, 500) / 100;
  const check = { start: at + 1 + clock.number(`waits ${sha}`, 200) / 100, takes };
  if (isRed(workday, today)) return [{ ...check, conclusion: "failure" }];
  if (!isFlaky(workday, today)) return [{ ...check, conclusion: "success" }];
  const again = check.start + takes + between(clock, `again ${sha}`, 4, 12);
  return [
    { ...check, conclusion: "failure" },
    { start: again, takes, conclusion: "success" },
  ];
}

/** Every fourth working day a commit breaks master; on one of them the next commit does not mend it. */
function isRed(workday: number, today: number): boolean {
  return (workday % 4 === 2 && today === 1) || (workday === 10 && today === 2);
}

function isFlaky(workday: number, today: number): boolean {
  return workday % 3 === 0 && today === 3;
}
