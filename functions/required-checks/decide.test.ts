import { describe, expect, it } from "vitest";
import { decide } from "./decide.ts";
import type { Failure, FailureStatus, RememberedFailure } from "./failure.ts";
import type { RequiredCheck } from "./required-check-of.ts";

/** Times of a day, as minutes after noon. */
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

interface Told {
  status?: FailureStatus;
  after?: Failure["after"];
  completed?: number;
}

let id = 0;
function told(
  sha: string,
  { status = "failing", after = null, completed = 0 }: Told = {},
): RememberedFailure {
  const { passed: _, jobs: __, ...rest } = check(sha, false, completed);
  const context = { ...rest, status, commit: null, after };
  return { id: ++id, type: "required-check", ref: sha, channel: "C0ENG", ts: `ts-${sha}`, context };
}

const green = { failures: [], passedSince: false };
const below = (sha: string) => ({ sha, threadTs: `ts-${sha}` });

describe("a commit that fails", () => {
  it.each<[string, RememberedFailure[], ReturnType<typeof decide>]>([
    ["the first time", [], { kind: "first-failure" }],
    [
      "again, says nothing new",
      [told("b")],
      { kind: "nothing", because: "this commit's failure was told of already" },
    ],
    [
      "again after a later commit passed, says nothing new",
      [told("b", { status: "fixed" })],
      { kind: "nothing", because: "this commit's failure was told of already" },
    ],
    ["again after it was a flake, is news", [told("b", { status: "flake" })], { kind: "first-failure" }],
    [
      "while red, goes into the first failure's thread",
      [told("a")],
      { kind: "further-failure", first: { sha: "a", channel: "C0ENG", threadTs: "ts-a" } },
    ],
    [
      "while red for long, as long as the latest failure is less than two hours old",
      [told("a", { completed: -300 }), told("c", { after: below("a"), completed: -90 })],
      { kind: "further-failure", first: { sha: "a", channel: "C0ENG", threadTs: "ts-a" } },
    ],
    [
      "two hours after the last failure, still belongs to it",
      [told("a", { completed: -90 })],
      { kind: "further-failure", first: { sha: "a", channel: "C0ENG", threadTs: "ts-a" } },
    ],
    ["later than that, is a first failure", [told("a", { completed: -91 })], { kind: "first-failure" }],
    [
      "after the first failure was a flake and others still fail, stays in their thread",
      [told("c", { after: below("a") })],
      { kind: "further-failure", first: { sha: "a", channel: "C0ENG", threadTs: "ts-a" } },
    ],
    [
      "although its event arrives before an older one's",
      [told("a", { completed: 60 })],
      { kind: "further-failure", first: { sha: "a", channel: "C0ENG", threadTs: "ts-a" } },
    ],
  ])("%s", (_, failures, expected) => {
    expect(decide(check("b", false, 30), { failures, passedSince: false })).toEqual(expected);
  });

  it("only because its jobs have not started yet, is not told of", () => {
    const jobs = ["missing", "missing", "success"].map((conclusion) => ({
      name: "job",
      url: null,
      conclusion,
    }));
    expect(decide(check("b", false, 30, { jobs }), green)).toMatchObject({ kind: "nothing" });
  });
});

describe("a failure that is heard of late", () => {
  it("is no news when the branch has passed since", () => {
    expect(decide(check("b", false, 30), { failures: [], passedSince: true })).toEqual({
      kind: "nothing",
      because: "the branch has passed since",
    });
  });
});

describe("a commit that passes", () => {
  it("says nothing while nothing fails", () => {
    expect(decide(check("b", true, 30), { ...green, failures: [] })).toEqual({
      kind: "nothing",
      because: "the branch was not red",
    });
    expect(
      decide(check("b", true, 30), { ...green, failures: [told("b", { status: "flake" })] }),
    ).toMatchObject({ kind: "nothing" });
  });

  it("on a re-run, was a flake", () => {
    const failure = told("b");
    expect(decide(check("b", true, 30), { ...green, failures: [failure] })).toEqual({
      kind: "passing",
      changes: [{ failure, status: "flake" }],
      thread: null,
    });
  });

  it("later than others failed, fixed the oldest; of those between nothing is known", () => {
    const [a, b, c] = [told("a"), told("b", { after: below("a") }), told("c", { after: below("a") })];
    expect(decide(check("d", true, 30), { ...green, failures: [a, b, c] })).toEqual({
      kind: "passing",
      changes: [
        { failure: a, status: "fixed" },
        { failure: b, status: "unknown" },
        { failure: c, status: "unknown" },
      ],
      thread: { sha: "a", channel: "C0ENG", threadTs: "ts-a" },
    });
  });

  it("on a re-run while an earlier one fails, was a flake and shows that the earlier one is fixed", () => {
    const [a, b] = [told("a"), told("b", { after: below("a") })];
    expect(decide(check("b", true, 30), { ...green, failures: [a, b] })).toMatchObject({
      changes: [
        { failure: b, status: "flake" },
        { failure: a, status: "fixed" },
      ],
      thread: { threadTs: "ts-a" },
    });
  });

  it("tells the thread that the oldest failure is in, when the first one of it was a flake", () => {
    expect(
      decide(check("c", true, 30), { ...green, failures: [told("b", { after: below("a") })] }),
    ).toMatchObject({
      thread: { sha: "a", threadTs: "ts-a" },
    });
  });

  it("whose check began before the failing one's, is an older commit's and fixes nothing", () => {
    const newer = told("b", { completed: 35 });
    expect(decide(check("a", true, 34), { ...green, failures: [newer] })).toMatchObject({ kind: "nothing" });
  });
});
