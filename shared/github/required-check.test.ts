import { describe, expect, it } from "vitest";
import { normalize } from "../../functions/github/normalize.ts";
import { type CheckRun, checkRunDelivery } from "../../test/support/check-run-delivery.ts";
import { config } from "../../test/support/getsentry.ts";
import { readBranchCheckRun, readQueueFailure } from "./required-check.ts";

function read(run: Partial<CheckRun>, { event = "check_run", suite = {} } = {}) {
  const payload = checkRunDelivery({ sha: "9d0e3b7", conclusion: "success", ...run });
  const checkRun = payload.check_run as { check_suite: object };
  Object.assign(checkRun.check_suite, suite);
  return readBranchCheckRun(normalize({ id: "1", event, payload, receivedAt: new Date() }), config.services);
}

describe("a run of the required check", () => {
  it.each([
    ["success", "passed"],
    ["failure", "failed"],
    ["timed_out", "failed"],
    ["action_required", "failed"],
    ["startup_failure", "failed"],
    ["neutral", null],
    ["skipped", null],
    ["cancelled", null],
    ["stale", null],
  ])("with the conclusion %s has the verdict %s", (conclusion, verdict) => {
    expect(read({ conclusion })).toMatchObject({ verdict });
  });

  it("is read whatever the case of its repository's name", () => {
    expect(read({ repository: "GetSentry/getsentry" })).toMatchObject({ verdict: "passed" });
  });

  it.each<[string, Partial<CheckRun>]>([
    ["of another repository", { repository: "getsentry/sentry" }],
    ["of another check", { name: "backend tests" }],
    ["of another branch", { branch: "feat/alerts" }],
    ["that was only created", { conclusion: null, action: "created" }],
    ["that was requested again, and repeats an old result", { action: "rerequested" }],
    ["without a conclusion", { conclusion: null }],
  ])("is none %s", (_, run) => {
    expect(read(run)).toBeNull();
  });

  it("is none in another event", () => {
    expect(read({}, { event: "workflow_run" })).toBeNull();
  });

  it.each([
    ["names no origin", {}, false],
    ["names a fork", { head_repository: { id: 99 } }, true],
    ["lost its fork", { head_repository: null }, false],
  ])("whose suite %s", (_, suite, isFromFork) => {
    expect(read({}, { suite })).toMatchObject({ isFromFork });
  });
});

describe("a check of a merge queue", () => {
  const base = "b".repeat(40);
  const readQueue = (run: Partial<CheckRun>, services = config.services) => {
    const payload = checkRunDelivery({ sha: "9d0e3b7", conclusion: "failure", ...run });
    return readQueueFailure(
      normalize({ id: "1", event: "check_run", payload, receivedAt: new Date() }),
      services,
    );
  };

  it.each<[string, Partial<CheckRun>, number | undefined]>([
    ["fails", {}, 22501],
    ["passes", { conclusion: "success" }, undefined],
    ["was cancelled", { conclusion: "cancelled" }, undefined],
    ["is not required", { name: "backend tests" }, undefined],
    ["is of another branch's queue", { branch: `gh-readonly-queue/v1/pr-22501-${base}` }, undefined],
    ["is of the branch itself", { branch: "master" }, undefined],
  ])("that %s", (_, run, expected) => {
    expect(readQueue({ branch: `gh-readonly-queue/master/pr-22501-${base}`, ...run })?.pullRequest).toBe(
      expected,
    );
  });

  it("may be of a branch with a slash", () => {
    const services = config.services.map((service) => ({ ...service, branch: "release/1" }));
    expect(readQueue({ branch: `gh-readonly-queue/release/1/pr-7-${base}` }, services)?.pullRequest).toBe(7);
  });
});

describe("a commit status", () => {
  const readStatus = (status: object) =>
    readBranchCheckRun(
      normalize({
        id: "1",
        event: "status",
        payload: {
          id: 5,
          sha: "9d0e3b7",
          context: "getsentry required checks",
          state: "failure",
          target_url: "https://ci.example/5",
          branches: [{ name: "feat/alerts" }, { name: "master" }],
          created_at: "2026-11-02T12:10:00+00:00",
          updated_at: "2026-11-02T12:10:00+00:00",
          repository: checkRunDelivery({ sha: "9d0e3b7", conclusion: "success" }).repository,
          ...status,
        },
        receivedAt: new Date(),
      }),
      config.services,
    );

  it.each([
    ["that fails", {}, "failed"],
    ["with an error", { state: "error" }, "failed"],
    ["that succeeds", { state: "success" }, "passed"],
    ["that is pending", { state: "pending" }, undefined],
    ["of another context", { context: "docs" }, undefined],
    ["of another branch", { branches: [{ name: "feat/alerts" }] }, undefined],
    ["without branches", { branches: undefined }, undefined],
  ])("%s is read as a check", (_, status, verdict) => {
    expect(readStatus(status)?.verdict).toBe(verdict);
  });

  it("has a page and no jobs", () => {
    expect(readStatus({})).toMatchObject({
      kind: "status",
      run: { url: "https://ci.example/5", headSha: "9d0e3b7" },
    });
  });
});
