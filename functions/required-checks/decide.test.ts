import { describe, expect, it } from "vitest";
import { type CheckHistory, type Decision, decide } from "./decide.ts";
import type { Failure } from "./failure.ts";
import type { RequiredCheck } from "./required-check.ts";

/** @param minutes after noon */
const at = (minutes: number) => new Date(Date.UTC(2026, 10, 2, 12, minutes));

/** A check that ran for ten minutes. @param completed minutes after noon */
function check(
  sha: string,
  verdict: RequiredCheck["verdict"],
  completed: number,
  jobs: string[] = [],
): RequiredCheck {
  return {
    repository: "getsentry/getsentry",
    branch: "master",
    name: "required",
    sha,
    verdict,
    url: null,
    startedAt: at(completed - 10),
    completedAt: at(completed),
    jobs: jobs.map((conclusion) => ({ name: "job", url: null, conclusion })),
  };
}

const ids: Record<string, number> = { a: 1, b: 2, c: 3 };

interface Options extends Partial<Pick<Failure, "checkName" | "status" | "ts">> {
  /** The failure in whose thread the message is. */
  after?: string;
  /** Minutes after noon. */
  completed?: number;
  started?: number;
}

function failed(
  sha: string,
  {
    checkName = "required",
    status = "failing",
    after,
    completed = 0,
    started = completed - 10,
    ts = "1.1",
  }: Options = {},
): Failure {
  return {
    id: ids[sha] ?? 0,
    status,
    repository: "getsentry/getsentry",
    branch: "master",
    checkName,
    sha,
    url: null,
    firstStartedAt: at(started),
    completedAt: at(completed),
    jobsMissing: false,
    commit: null,
    firstFailureId: after === undefined ? null : (ids[after] ?? 0),
    channel: "C0ENG",
    ts,
    eventId: `event-${sha}`,
    receivedAt: at(completed),
  };
}

/** @param now minutes after the event was first seen */
function decided(checked: RequiredCheck, history: Partial<CheckHistory> = {}, now = 0): Decision {
  const since = at(60);
  return decide(
    checked,
    {
      firstStartedAt: checked.startedAt,
      isSuperseded: false,
      failures: [],
      passedSince: false,
      ...history,
    },
    { since: since.toISOString(), now: since.getTime() + now * 60_000 },
  );
}

const nothing = { kind: "nothing", because: expect.any(String) };
const inChannel = { kind: "new-failure", first: null };
const inThreadOfA = { kind: "new-failure", first: 1 };

describe("a commit that fails", () => {
  it.each<[string, Failure[], object]>([
    ["the first time, is posted to the channel", [], inChannel],
    ["again, is not posted again", [failed("b")], nothing],
    ["again after a later commit passed, is not posted again", [failed("b", { status: "fixed" })], nothing],
    ["again after it was a flake, is posted again", [failed("b", { status: "flake" })], inChannel],
    [
      "again, although its first message was never confirmed, has that message posted",
      [failed("b", { ts: null })],
      { kind: "unposted-failure", failure: 2 },
    ],
    [
      "again after a flake that failed since, is not posted again",
      [failed("b", { status: "flake" }), failed("b")],
      nothing,
    ],
    ["while another one fails, is posted to that one's thread", [failed("a")], inThreadOfA],
    [
      "while another one fails that is not confirmed yet, is posted to that one's thread",
      [failed("a", { ts: null })],
      inThreadOfA,
    ],
    [
      "days after the first failure, is posted to its thread: the branch has been red since",
      [failed("a", { completed: -3000 })],
      inThreadOfA,
    ],
    [
      "in another check than the one that failed before, is posted to the thread",
      [failed("b", { checkName: "other" })],
      { kind: "new-failure", first: 2 },
    ],
    [
      "after it failed in an earlier release, which named no check, is not posted again",
      [failed("b", { checkName: "" })],
      nothing,
    ],
    [
      "after the first failure was a flake and others still fail, stays in their thread",
      [failed("c", { after: "a" })],
      inThreadOfA,
    ],
    [
      "before an older one whose event arrived first, is posted to that one's thread",
      [failed("a", { completed: 60 })],
      inThreadOfA,
    ],
  ])("%s", (_, failures, expected) => {
    expect(decided(check("b", "failed", 30), { failures })).toEqual(expected);
  });

  it("is not posted if the branch has passed since, whatever else is known", () => {
    expect(decided(check("b", "failed", 30), { passedSince: true, failures: [failed("a")] })).toEqual(
      nothing,
    );
  });
});

describe("a check whose jobs are missing", () => {
  const missing = check("b", "failed", 30, ["missing", "missing", "success"]);

  it.each<[string, RequiredCheck, Partial<CheckHistory>, number, object]>([
    ["waits at first", missing, {}, 0, { kind: "wait", since: at(60).toISOString() }],
    ["waits for nearly ten minutes", missing, {}, 9.9, { kind: "wait" }],
    ["is posted after ten minutes", missing, {}, 10, inChannel],
    ["is posted to the thread of another failure", missing, { failures: [failed("a")] }, 10, inThreadOfA],
    ["is not posted if the branch passed while it waited", missing, { passedSince: true }, 10, nothing],
    ["is not posted if the check completed again", missing, { isSuperseded: true }, 0, nothing],
    ["is not posted if it failed for a reason since", missing, { failures: [failed("b")] }, 10, nothing],
    ["is posted after ten minutes if all are", check("b", "failed", 30, ["missing"]), {}, 10, inChannel],
    [
      "is posted at once if few are",
      check("b", "failed", 30, ["missing", "success", "success"]),
      {},
      0,
      inChannel,
    ],
    [
      "is posted at once if another failed",
      check("b", "failed", 30, ["missing", "failure"]),
      {},
      0,
      inChannel,
    ],
  ])("%s", (_, checked, history, now, expected) => {
    expect(decided(checked, history, now)).toMatchObject(expected);
  });
});

describe("a check without a verdict", () => {
  it("changes nothing", () => {
    expect(decided(check("c", null, 30), { failures: [failed("b")] })).toEqual(nothing);
  });
});

describe("a commit that passes", () => {
  const flake = (sha: string) => ({ failure: ids[sha], status: "flake" });
  const fixed = (sha: string) => ({ failure: ids[sha], status: "fixed" });
  const unknown = (sha: string) => ({ failure: ids[sha], status: "unknown" });

  it.each<[string, RequiredCheck, Partial<CheckHistory>, object]>([
    ["changes nothing if no commit fails", check("b", "passed", 30), {}, nothing],
    [
      "changes nothing if its failure was a flake",
      check("b", "passed", 30),
      { failures: [failed("b", { status: "flake" })] },
      nothing,
    ],
    [
      "in a re-run, was a flake",
      check("b", "passed", 30),
      { failures: [failed("b")] },
      { kind: "passing", changes: [flake("b")], thread: null },
    ],
    [
      "before its failing re-run, whose event arrived first, fixes nothing",
      check("b", "passed", 30),
      { failures: [failed("b", { completed: 31 })] },
      nothing,
    ],
    [
      "after others failed, fixes the oldest one; the status of those in between is unknown",
      check("d", "passed", 30),
      { failures: [failed("a"), failed("b", { after: "a" }), failed("c", { after: "a" })] },
      { kind: "passing", changes: [fixed("a"), unknown("b"), unknown("c")], thread: 1 },
    ],
    [
      "in a re-run while an earlier one fails, was a flake, and the earlier one is fixed",
      check("b", "passed", 30),
      { failures: [failed("a"), failed("b", { after: "a" })] },
      { kind: "passing", changes: [flake("b"), fixed("a")], thread: 1 },
    ],
    [
      "is posted to the thread of the oldest failure if the first one of the thread was a flake",
      check("c", "passed", 30),
      { failures: [failed("b", { after: "a" })] },
      { kind: "passing", changes: [fixed("b")], thread: 1 },
    ],
    [
      "in one check while the commit fails in another, does not make the branch pass",
      check("b", "passed", 30),
      { failures: [failed("a"), failed("c", { checkName: "other", after: "a" })] },
      { kind: "passing", changes: [fixed("a")], thread: null },
    ],
    [
      "in a check that did not fail, changes nothing",
      check("b", "passed", 30),
      { failures: [failed("a", { checkName: "other" })] },
      nothing,
    ],
    [
      "after a failure of an earlier release, which named no check, fixes it",
      check("b", "passed", 30),
      { failures: [failed("a", { checkName: "" })] },
      { kind: "passing", changes: [fixed("a")], thread: 1 },
    ],
    [
      "and whose check began before the failing commit's, is older and fixes nothing",
      check("a", "passed", 34),
      { failures: [failed("b", { completed: 35 })] },
      nothing,
    ],
    [
      "in a re-run that began after a newer commit failed, does not fix that one",
      check("a", "passed", 35),
      {
        firstStartedAt: at(0),
        failures: [failed("a", { started: 0, completed: 10 }), failed("c", { started: 15 })],
      },
      { kind: "passing", changes: [flake("a")], thread: null },
    ],
  ])("%s", (_, checked, history, expected) => {
    expect(decided(checked, history)).toEqual(expected);
  });
});
