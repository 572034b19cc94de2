import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CommitDetails } from "../../shared/github/commits.ts";
import type { BranchCheckRun, Verdict } from "../../shared/github/required-check.ts";
import { DeadlineError } from "../../shared/with-deadline.ts";
import { service } from "../../test/support/getsentry.ts";
import { askGitHub } from "./ask-github.ts";

const commit: CommitDetails = {
  repository: "getsentry/getsentry",
  sha: "a",
  title: "fix: It",
  body: "",
  url: "https://github.com/getsentry/getsentry/commit/a",
  author: { login: null, name: "Mira", email: null, avatarUrl: null },
};
const found = (verdict: Verdict): BranchCheckRun => ({
  run: {
    id: 1,
    name: "getsentry required checks",
    status: "completed",
    conclusion: null,
    headSha: "a",
    headBranch: "master",
    url: null,
    startedAt: null,
    completedAt: null,
    pullRequests: [],
  },
  kind: "check-run",
  services: [service],
  verdict,
  isFromFork: false,
});

/** GitHub responds after a time. @param seconds null: it fails at once */
const respond = <T>(seconds: number | null, value: T) =>
  vi.fn(
    () =>
      new Promise<T>((resolve, reject) =>
        seconds === null ? reject(new Error("502")) : setTimeout(resolve, seconds * 1000, value),
      ),
  );

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Asks, and lets the given time pass. @returns the answer; undefined if GitHub has not responded by then */
async function askFor(seconds: number, verdict: Verdict, github: Parameters<typeof askGitHub>[2]) {
  let answer: Awaited<ReturnType<typeof askGitHub>> | undefined;
  const asking = askGitHub(found(verdict), service, github).then((given) => {
    answer = given;
  });
  asking.catch(() => {});
  await vi.advanceTimersByTimeAsync(seconds * 1000);
  return { answer, asking };
}

describe("before an alert", () => {
  it.each<[string, number | null, number | null, number, object]>([
    ["responds", 1, 2, 2, { isOnBranch: false, commit }],
    ["is slow with the commit alone", 1, 30, 10, { isOnBranch: false, commit: null }],
    ["is slow with the branch alone", 30, 2, 10, { isOnBranch: true, commit }],
    ["hangs", 300, 300, 10, { isOnBranch: true, commit: null }],
    ["fails", null, null, 0, { isOnBranch: true, commit: null }],
  ])("GitHub %s", async (_, branch, details, seconds, expected) => {
    const github = {
      isOnDeployedBranch: respond(branch, false),
      relevantCommitDetails: respond(details, commit),
    };
    expect((await askFor(seconds, "failed", github)).answer).toMatchObject(expected);
  });

  it("waits for the commit that was late, without asking again", async () => {
    const github = { isOnDeployedBranch: respond(1, true), relevantCommitDetails: respond(30, commit) };
    const { answer } = await askFor(10, "failed", github);
    const late = answer?.lateCommit();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(await late).toEqual(commit);
    expect(github.relevantCommitDetails).toHaveBeenCalledTimes(1);
  });

  it("asks again for a commit that GitHub failed to return, for at most 40 s", async () => {
    const relevantCommitDetails = respond<CommitDetails>(300, commit).mockRejectedValueOnce(new Error("502"));
    const { answer } = await askFor(10, "failed", {
      isOnDeployedBranch: respond(1, true),
      relevantCommitDetails,
    });
    const late = expect(answer?.lateCommit()).rejects.toThrow(DeadlineError);
    await vi.advanceTimersByTimeAsync(40_000);
    await late;
    expect(relevantCommitDetails).toHaveBeenCalledTimes(2);
  });
});

describe("a pass", () => {
  it("waits longer for the branch, and does not ask for the commit", async () => {
    const github = { isOnDeployedBranch: respond(30, true), relevantCommitDetails: respond(1, commit) };
    expect((await askFor(10, "passed", github)).answer).toBeUndefined();
    expect((await askFor(30, "passed", github)).answer).toMatchObject({ isOnBranch: true });
    expect(github.relevantCommitDetails).not.toHaveBeenCalled();
  });

  it.each([
    ["fails", null, "502"],
    ["hangs", 300, "no response"],
  ])("throws if GitHub %s, so that the event is redelivered", async (_, branch, message) => {
    const github = { isOnDeployedBranch: respond(branch, true), relevantCommitDetails: respond(1, commit) };
    const { asking } = await askFor(40, "passed", github);
    await expect(asking).rejects.toThrow(message);
  });
});

it("a check without a verdict asks nothing", async () => {
  const github = { isOnDeployedBranch: respond(1, true), relevantCommitDetails: respond(1, commit) };
  expect((await askFor(0, null, github)).answer).toMatchObject({ isOnBranch: true });
  expect(github.isOnDeployedBranch).not.toHaveBeenCalled();
});
