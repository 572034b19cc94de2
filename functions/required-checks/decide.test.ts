import { describe, expect, it } from "vitest";
import { decide } from "./decide.ts";
import type { Failure, FailureStatus, RememberedFailure } from "./failure.ts";
import type { RequiredCheck } from "./required-check.ts";

/** @param minutes after noon */
const at = (minutes: number) => new Date(Date.UTC(2026, 10, 2, 12, minutes)).toISOString();

function check(
  sha: string,
  passed: boolean,
  completed: number,
  more: Partial<RequiredCheck> = {},
): RequiredCheck {
  return {
    repository: "getsentry/getsentry",
    branch: "master",
    sha,
    passed,
    url: null,
    startedAt: at(completed - 10),
    completedAt: at(completed),
    jobs: [],
    ...more,
  };
}

interface PostedOptions {
  status?: FailureStatus;
  after?: Failure["after"];
  completed?: number;
}

let id = 0;
function posted(
  sha: string,
  { status = "failing", after = null, completed = 0 }: PostedOptions = {},
): RememberedFailure {
  const { passed: _, jobs: __, ...rest } = check(sha, false, completed);
  const context = { ...rest, status, commit: null, after };
  return { id: ++id, type: "required-check", ref: sha, channel: "C0ENG", ts: `ts-${sha}`, context };
}

const passing = { failures: [], passedSince: false };
const inThreadOf = (sha: string) => ({ sha, threadTs: `ts-${sha}` });

describe("a commit that fails", () => {
  it.each<[string, RememberedFailure[], ReturnType<typeof decide>]>([
    ["the first time", [], { kind: "first-failure" }],
    [
      "again, is not posted again",
      [posted("b")],
      { kind: "nothing", because: "this commit's failure has been posted before" },
    ],
    [
      "again after a later commit passed, is not posted again",
      [posted("b", { status: "fixed" })],
      { kind: "nothing", because: "this commit's failure has been posted before" },
    ],
    [
      "again after it was a flake, is posted again",
      [posted("b", { status: "flake" })],
      { kind: "first-failure" },
    ],
    [
      "while another one fails, is posted to the first failure's thread",
      [posted("a")],
      { kind: "further-failure", first: { sha: "a", channel: "C0ENG", threadTs: "ts-a" } },
    ],
    [
      "hours after the first failure, is posted to its thread if the latest failure is less than two hours old",
      [posted("a", { completed: -300 }), posted("c", { after: inThreadOf("a"), completed: -90 })],
      { kind: "further-failure", first: { sha: "a", channel: "C0ENG", threadTs: "ts-a" } },
    ],
    [
      "two hours after the last failure, is posted to its thread",
      [posted("a", { completed: -90 })],
      { kind: "further-failure", first: { sha: "a", channel: "C0ENG", threadTs: "ts-a" } },
    ],
    ["later than that, is a first failure", [posted("a", { completed: -91 })], { kind: "first-failure" }],
    [
      "after the first failure was a flake and others still fail, stays in their thread",
      [posted("c", { after: inThreadOf("a") })],
      { kind: "further-failure", first: { sha: "a", channel: "C0ENG", threadTs: "ts-a" } },
    ],
    [
      "before an older one whose event arrived first, is posted to its thread",
      [posted("a", { completed: 60 })],
      { kind: "further-failure", first: { sha: "a", channel: "C0ENG", threadTs: "ts-a" } },
    ],
  ])("%s", (_, failures, expected) => {
    expect(decide(check("b", false, 30), { failures, passedSince: false })).toEqual(expected);
  });

  it("only because its jobs have not started yet, is not posted", () => {
    const jobs = ["missing", "missing", "success"].map((conclusion) => ({
      name: "job",
      url: null,
      conclusion,
    }));
    expect(decide(check("b", false, 30, { jobs }), passing)).toMatchObject({ kind: "nothing" });
  });
});

describe("a failure whose event arrives late", () => {
  it("is not posted if the branch has passed since", () => {
    expect(decide(check("b", false, 30), { failures: [], passedSince: true })).toEqual({
      kind: "nothing",
      because: "the branch has passed since",
    });
  });
});

describe("a commit that passes", () => {
  it("changes nothing if no commit fails", () => {
    expect(decide(check("b", true, 30), { ...passing, failures: [] })).toEqual({
      kind: "nothing",
      because: "the branch was not failing",
    });
    expect(
      decide(check("b", true, 30), { ...passing, failures: [posted("b", { status: "flake" })] }),
    ).toMatchObject({ kind: "nothing" });
  });

  it("in a re-run, was a flake", () => {
    const failure = posted("b");
    expect(decide(check("b", true, 30), { ...passing, failures: [failure] })).toEqual({
      kind: "passing",
      changes: [{ failure, status: "flake" }],
      thread: null,
    });
  });

  it("after others failed, fixes the oldest one; the status of those in between is unknown", () => {
    const [a, b, c] = [
      posted("a"),
      posted("b", { after: inThreadOf("a") }),
      posted("c", { after: inThreadOf("a") }),
    ];
    expect(decide(check("d", true, 30), { ...passing, failures: [a, b, c] })).toEqual({
      kind: "passing",
      changes: [
        { failure: a, status: "fixed" },
        { failure: b, status: "unknown" },
        { failure: c, status: "unknown" },
      ],
      thread: { sha: "a", channel: "C0ENG", threadTs: "ts-a" },
    });
  });

  it("in a re-run while an earlier one fails, was a flake, and the earlier one is fixed", () => {
    const [a, b] = [posted("a"), posted("b", { after: inThreadOf("a") })];
    expect(decide(check("b", true, 30), { ...passing, failures: [a, b] })).toMatchObject({
      changes: [
        { failure: b, status: "flake" },
        { failure: a, status: "fixed" },
      ],
      thread: { threadTs: "ts-a" },
    });
  });

  it("is posted to the thread of the oldest failure if the first one of the thread was a flake", () => {
    expect(
      decide(check("c", true, 30), { ...passing, failures: [posted("b", { after: inThreadOf("a") })] }),
    ).toMatchObject({
      thread: { sha: "a", threadTs: "ts-a" },
    });
  });

  it("whose check began before the failing commit's check, is older and fixes nothing", () => {
    const newer = posted("b", { completed: 35 });
    expect(decide(check("a", true, 34), { ...passing, failures: [newer] })).toMatchObject({
      kind: "nothing",
    });
  });
});
