import type { Failure, FailureStatus } from "./failure.ts";
import { isNotYetStarted, type RequiredCheck } from "./required-check.ts";

/**
 * A check whose jobs have not started after this time is posted as a failure. Pub/Sub redelivers an event for about 40 minutes, the
 * seventh time after 630 s.
 */
const MISSING_JOBS_MS = 10 * 60_000;

export type Decision =
  | { kind: "nothing"; because: string }
  /** Decide again when the event is redelivered. @property since RFC 3339 */
  | { kind: "wait"; since: string }
  /** Post to the thread of the failure with the id `first`; null: post to the channel. */
  | { kind: "new-failure"; first: number | null }
  /** The failure is stored, but Slack has not confirmed its message: post it unless it is there. */
  | { kind: "unposted-failure"; failure: number }
  /**
   * Redraw these messages and the first ones of their threads. Reply in the thread of the failure with the id `thread` that the branch
   * passes again; null while another check or commit fails.
   */
  | { kind: "passing"; changes: StatusChange[]; thread: number | null };

export interface StatusChange {
  /** Id of the failure. */
  failure: number;
  status: FailureStatus;
}

export interface CheckHistory {
  /** Start of the first run of the commit's check that is known: it orders commits. */
  firstStartedAt: Date;
  /** Whether a later run of the commit's check is known. */
  isSuperseded: boolean;
  /** The failures of the branch in any required check, and every failure of the check's own commit, in the order of the commits. */
  failures: Failure[];
  /** Whether the commit passed after this check, or a later commit passed: events arrive in any order. */
  passedSince: boolean;
}

/** @property since when this event was first seen; RFC 3339 @property now Unix time in milliseconds */
interface Clock {
  since: string;
  now: number;
}

/** Decides what to post when a required check completes. A branch is red while any of its required checks is. */
export function decide(check: RequiredCheck, history: CheckHistory, clock: Clock): Decision {
  switch (check.verdict) {
    case "passed":
      return decidePass(check, history);
    case "failed":
      return decideFailure(check, history, clock);
    case null:
      return { kind: "nothing", because: "its conclusion says nothing about the commit" };
  }
}

function decideFailure(
  check: RequiredCheck,
  { isSuperseded, failures, passedSince }: CheckHistory,
  { since, now }: Clock,
): Decision {
  if (passedSince) return { kind: "nothing", because: "the branch has passed since" };
  // A flake that fails again is posted again; other failures are posted once.
  const own = failures.findLast(
    (failure) => failure.sha === check.sha && isOf(failure, check) && failure.status !== "flake",
  );
  if (own?.ts === null && own.status === "failing") return { kind: "unposted-failure", failure: own.id };
  if (own) return { kind: "nothing", because: "this commit's failure has been posted before" };
  if (isNotYetStarted(check.jobs)) {
    if (isSuperseded) return { kind: "nothing", because: "the check has completed again since" };
    if (now - Date.parse(since) < MISSING_JOBS_MS) return { kind: "wait", since };
  }
  const latest = failures.findLast(({ status }) => status === "failing");
  return { kind: "new-failure", first: latest ? toFirst(latest) : null };
}

function decidePass(check: RequiredCheck, { firstStartedAt, failures }: CheckHistory): Decision {
  const red = failures.filter(({ status }) => status === "failing");
  const failing = red.filter((failure) => isOf(failure, check));
  // A pass that arrives late may be older than the failure of a re-run.
  const rerun = failing.filter(
    ({ sha, completedAt }) => sha === check.sha && completedAt <= check.completedAt,
  );
  // A commit whose check first started before a failing commit's is older, even if it was re-run since: it does not fix the newer one.
  const earlier = failing.filter(
    (failure) => failure.sha !== check.sha && failure.firstStartedAt <= firstStartedAt,
  );
  const [oldest, ...between] = earlier;
  const changes = [
    ...rerun.map(({ id }) => ({ failure: id, status: "flake" as const })),
    ...(oldest ? [{ failure: oldest.id, status: "fixed" as const }] : []),
    ...between.map(({ id }) => ({ failure: id, status: "unknown" as const })),
  ];
  if (changes.length === 0) return { kind: "nothing", because: "the branch was not failing" };
  const isGreen = changes.length === red.length;
  return { kind: "passing", changes, thread: oldest && isGreen ? toFirst(oldest) : null };
}

/** A failure that an earlier release stored names no check: the branch had one. */
function isOf({ checkName }: Failure, { name }: RequiredCheck): boolean {
  return checkName === name || checkName === "";
}

/** A failure in a thread belongs to the first failure of that thread. */
export function toFirst({ id, firstFailureId }: Failure): number {
  return firstFailureId ?? id;
}
