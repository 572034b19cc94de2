import type { FailureStatus, RememberedFailure } from "./failure.ts";
import { isNotYetStarted } from "./is-not-yet-started.ts";
import type { RequiredCheck } from "./required-check-of.ts";

/** A failure is taken for a consequence of the one before it for as long as this. */
const RED_FOR_MS = 2 * 60 * 60_000;

export type Decision =
  | { kind: "nothing"; because: string }
  /** Tell the channel. */
  | { kind: "first-failure" }
  /** Tell the thread of the first failure. */
  | { kind: "further-failure"; first: FirstFailure }
  /** Draw these messages again, and tell the thread that the branch passes again. */
  | { kind: "passing"; changes: StatusChange[]; thread: FirstFailure | null };

export interface StatusChange {
  failure: RememberedFailure;
  status: FailureStatus;
}

/** The failure that the channel was told of, with the thread below it. */
export interface FirstFailure {
  sha: string;
  channel: string;
  threadTs: string;
}

/** What was told before. */
export interface CheckHistory {
  /** The failing commits of the branch, and all that is known of the check's own commit; oldest first. */
  failures: RememberedFailure[];
  /** Whether the commit, or a later one, passed after the check did: events arrive in any order. */
  passedSince: boolean;
}

/** What a completed required check comes to. */
export function decide(check: RequiredCheck, known: CheckHistory): Decision {
  return check.passed ? decidePass(check, known) : decideFailure(check, known);
}

function decideFailure(check: RequiredCheck, { failures, passedSince }: CheckHistory): Decision {
  if (isNotYetStarted(check.jobs)) return { kind: "nothing", because: "most jobs have not started yet" };
  if (passedSince) return { kind: "nothing", because: "the branch has passed since" };
  // A flake that fails again is news; one that is failing, or was superseded, is not.
  const known = failures.some(({ context: { sha, status } }) => sha === check.sha && status !== "flake");
  if (known) return { kind: "nothing", because: "this commit's failure was told of already" };
  const failing = failures.filter(({ context }) => context.status === "failing");
  const completed = Date.parse(check.completedAt);
  const latest = failing.findLast(({ context }) => completed - Date.parse(context.completedAt) <= RED_FOR_MS);
  return latest ? { kind: "further-failure", first: firstOf(latest) } : { kind: "first-failure" };
}

function decidePass(check: RequiredCheck, { failures }: CheckHistory): Decision {
  const failing = failures.filter(({ context }) => context.status === "failing");
  const rerun = failing.filter(({ context }) => context.sha === check.sha);
  // A check that began before a commit's failed one is an older commit's: it says nothing about the newer.
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
  if (changes.length === 0) return { kind: "nothing", because: "the branch was not red" };
  return { kind: "passing", changes, thread: oldest ? firstOf(oldest) : null };
}

/** Where a failure is told of: below another one, or by itself. */
function firstOf({ channel, ts, context: { after, sha } }: RememberedFailure): FirstFailure {
  return after ? { ...after, channel } : { sha, channel, threadTs: ts };
}
