import type { FailureStatus, RememberedFailure } from "./failure.ts";
import { isNotYetStarted, type RequiredCheck } from "./required-check.ts";

/** A failure within this time of the previous one counts as its consequence. */
const CONSEQUENCE_MS = 2 * 60 * 60_000;

export type Decision =
  | { kind: "nothing"; because: string }
  /** Post to the channel. */
  | { kind: "first-failure" }
  /** Post to the thread of the first failure. */
  | { kind: "further-failure"; first: FirstFailure }
  /** Redraw these messages, and reply in the thread that the branch passes again. */
  | { kind: "passing"; changes: StatusChange[]; thread: FirstFailure | null };

export interface StatusChange {
  failure: RememberedFailure;
  status: FailureStatus;
}

/** The failure that was posted to the channel, with its thread. */
export interface FirstFailure {
  sha: string;
  channel: string;
  threadTs: string;
}

/** Failures already posted for the branch, and whether it has passed since. */
export interface CheckHistory {
  /** The failing commits of the branch, and every message about the check's own commit; oldest first. */
  failures: RememberedFailure[];
  /** Whether the commit passed after this check, or a later commit passed: events arrive in any order. */
  passedSince: boolean;
}

/** Decides what to post when a required check completes. */
export function decide(check: RequiredCheck, history: CheckHistory): Decision {
  return check.passed ? decidePass(check, history) : decideFailure(check, history);
}

function decideFailure(check: RequiredCheck, { failures, passedSince }: CheckHistory): Decision {
  if (isNotYetStarted(check.jobs)) return { kind: "nothing", because: "most jobs have not started yet" };
  if (passedSince) return { kind: "nothing", because: "the branch has passed since" };
  // A flake that fails again is posted again; other failures are posted once.
  const isPosted = failures.some(({ context: { sha, status } }) => sha === check.sha && status !== "flake");
  if (isPosted) return { kind: "nothing", because: "this commit's failure has been posted before" };
  const failing = failures.filter(({ context }) => context.status === "failing");
  const completed = Date.parse(check.completedAt);
  const latest = failing.findLast(
    ({ context }) => completed - Date.parse(context.completedAt) <= CONSEQUENCE_MS,
  );
  return latest ? { kind: "further-failure", first: toFirstFailure(latest) } : { kind: "first-failure" };
}

function decidePass(check: RequiredCheck, { failures }: CheckHistory): Decision {
  const failing = failures.filter(({ context }) => context.status === "failing");
  const rerun = failing.filter(({ context }) => context.sha === check.sha);
  // A check that began before a commit's failed check belongs to an older commit, and does not fix the newer one.
  const earlier = failing.filter(
    ({ context }) =>
      context.sha !== check.sha && Date.parse(check.startedAt) >= Date.parse(context.startedAt),
  );
  const [oldest, ...between] = earlier;
  const changes = [
    ...rerun.map((failure) => ({ failure, status: "flake" as const })),
    ...(oldest ? [{ failure: oldest, status: "fixed" as const }] : []),
    ...between.map((failure) => ({ failure, status: "unknown" as const })),
  ];
  if (changes.length === 0) return { kind: "nothing", because: "the branch was not failing" };
  return { kind: "passing", changes, thread: oldest ? toFirstFailure(oldest) : null };
}

/** A failure in a thread belongs to the first failure of that thread. */
function toFirstFailure({ channel, ts, context: { after, sha } }: RememberedFailure): FirstFailure {
  return after ? { ...after, channel } : { sha, channel, threadTs: ts };
}
