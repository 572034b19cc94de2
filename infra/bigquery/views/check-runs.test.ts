import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  checkRunRows,
  type ExampleCheckRun,
  pullRequestEventRows,
  pushRows,
  exampleRun as run,
  workflowJobRows,
} from "../testing/example-github-rows.ts";
import { type FrozenWarehouse, startFrozenWarehouse } from "../testing/frozen-warehouse.ts";

let warehouse: FrozenWarehouse;
beforeAll(async () => {
  warehouse = await startFrozenWarehouse("2025-03-12T12:00:00Z");
});
afterAll(() => warehouse.stop());

describe("check_runs", () => {
  it("a completed run has one row, with the seconds from queueing to start and from start to end", async () => {
    await warehouse.given(
      checkRunRows(run),
      checkRunRows(run),
      checkRunRows({ ...run, status: "queued", completed: null, started: "2025-03-03T09:59:00Z" }),
      checkRunRows({ ...run, status: "in_progress", completed: null }),
      checkRunRows({ ...run, run: 2, status: "in_progress", completed: null }),
    );
    expect(await warehouse.rows("SELECT * FROM product_eng.check_runs")).toEqual([
      {
        repository: "getsentry/sentry",
        check_run_id: 1,
        attempt: 1,
        check_name: "tests",
        head_sha: "sha",
        head_branch: "master",
        branch_kind: "main",
        pull_request_number: null,
        conclusion: "success",
        verdict: "passed",
        queued_at: "2025-03-03T09:59:00.000Z",
        started_at: "2025-03-03T10:00:00.000Z",
        completed_at: "2025-03-03T10:05:00.000Z",
        queue_seconds: 60,
        duration_seconds: 300,
        check_suite_id: 1,
        pushed_at: null,
        received_at: "2025-03-03T10:05:00.000Z",
      },
    ]);
  });

  it.each<[what: string, others: Parameters<FrozenWarehouse["given"]>, row: Record<string, unknown>]>([
    [
      "a pushed commit of the default branch is of main since its push",
      [pushRows({ branch: "master", after: "sha", commits: [], received: "2025-03-03T09:00:00Z" })],
      { branch_kind: "main", pushed_at: "2025-03-03T09:00:00.000Z" },
    ],
    [
      "the default branch's head before its first known push is of main",
      [
        pushRows({
          branch: "master",
          before: "sha",
          after: "next",
          commits: [],
          received: "2025-03-03T09:00:00Z",
        }),
      ],
      { branch_kind: "main", pushed_at: null },
    ],
    [
      "a commit that nobody pushed to the default branch is of a fork with a branch of that name",
      [pushRows({ branch: "master", after: "other", commits: [], received: "2025-03-03T09:00:00Z" })],
      { branch_kind: "pull_request", head_branch: "master", pushed_at: null },
    ],
    [
      "the head of a fork's pull request is not of main",
      [
        pullRequestEventRows({
          number: 7,
          branch: "master",
          headSha: "sha",
          headRepository: "robin/sentry",
          opened: "2025-03-03T09:00:00Z",
        }),
      ],
      { branch_kind: "pull_request" },
    ],
    [
      "a commit of a repository whose pushes are unknown is of a fork with a branch of that name",
      [],
      { branch_kind: "pull_request", head_branch: "master", pushed_at: null },
    ],
    [
      "a push to another branch does not show that a commit is of main",
      [pushRows({ branch: "fix", after: "sha", commits: [], received: "2025-03-03T09:00:00Z" })],
      { branch_kind: "pull_request", pushed_at: null },
    ],
    [
      "the merge of a pull request into the default branch shows that a commit is of main",
      [
        pullRequestEventRows({
          number: 7,
          mergeCommit: "sha",
          opened: "2025-03-03T08:00:00Z",
          merged: "2025-03-03T09:00:00Z",
        }),
      ],
      { branch_kind: "main", pushed_at: null },
    ],
    [
      "the merge of a pull request into another branch does not",
      [
        pullRequestEventRows({
          number: 7,
          base: "release",
          mergeCommit: "sha",
          opened: "2025-03-03T08:00:00Z",
          merged: "2025-03-03T09:00:00Z",
        }),
      ],
      { branch_kind: "pull_request" },
    ],
    [
      "the test merge of an open pull request does not",
      [pullRequestEventRows({ number: 7, mergeCommit: "sha", opened: "2025-03-03T08:00:00Z" })],
      { branch_kind: "pull_request" },
    ],
  ])("%s", async (_, others, row) => {
    await warehouse.given(checkRunRows({ ...run, onMain: false }), ...others);
    expect(await warehouse.rows("SELECT * FROM product_eng.check_runs")).toEqual([
      expect.objectContaining(row),
    ]);
  });

  it("a job of GitHub Actions was queued when GitHub created it", async () => {
    await warehouse.given(
      checkRunRows({ ...run, status: "queued", completed: null, started: "2025-03-03T09:59:00Z" }),
      workflowJobRows({ run: 1, created: "2025-03-03T09:58:00Z" }),
      checkRunRows(run),
    );
    expect(await warehouse.rows("SELECT queue_seconds FROM product_eng.check_runs")).toEqual([
      { queue_seconds: 120 },
    ]);
  });

  it("a rerun under the same id has another row, without a time of queueing", async () => {
    await warehouse.given(
      checkRunRows({ ...run, status: "queued", completed: null, started: "2025-03-03T09:59:00Z" }),
      checkRunRows({ ...run, conclusion: "failure" }),
      checkRunRows({ ...run, started: "2025-03-03T11:00:00Z", completed: "2025-03-03T11:05:00Z" }),
      // GitHub sends the same completion again.
      checkRunRows({ ...run, conclusion: "failure", id: "again", received: "2025-03-03T10:06:00Z" }),
    );
    expect(
      await warehouse.rows(
        "SELECT attempt, verdict, queue_seconds FROM product_eng.check_runs ORDER BY attempt",
      ),
    ).toEqual([
      { attempt: 1, verdict: "failed", queue_seconds: 60 },
      { attempt: 2, verdict: "passed", queue_seconds: null },
    ]);
  });

  it.each<[what: string, example: Partial<ExampleCheckRun>, row: Record<string, unknown>]>([
    ["a run on the default branch is of main", { branch: "master" }, { branch_kind: "main" }],
    [
      "a run on another branch with a pull request is of pull_request",
      { branch: "fix", pullRequest: 7 },
      { branch_kind: "pull_request", pull_request_number: 7 },
    ],
    [
      "a run on another branch without a pull request is of other",
      { branch: "release" },
      { branch_kind: "other" },
    ],
    [
      "a run on a fork, for which GitHub sends no branch, is of pull_request",
      { branch: null },
      { branch_kind: "pull_request" },
    ],
    [
      "a run on the default branch is of main even if it is a pull request's head",
      { pullRequest: 7 },
      { branch_kind: "main" },
    ],
    ["a run that timed out failed", { conclusion: "timed_out" }, { verdict: "failed" }],
    ["a canceled run has no verdict", { conclusion: "cancelled" }, { verdict: null }],
    ["a skipped run has no verdict", { conclusion: "skipped" }, { verdict: null }],
    [
      "a run without a start has no duration",
      { started: null },
      { duration_seconds: null, queue_seconds: null },
    ],
    [
      "a run that ends before its start has no duration",
      { started: "2025-03-03T10:06:00Z" },
      { duration_seconds: null },
    ],
    [
      "the change to daylight saving does not change a run's duration",
      { started: "2025-03-09T09:30:00Z", completed: "2025-03-09T10:30:00Z" },
      { duration_seconds: 3600 },
    ],
  ])("%s", async (_, example, row) => {
    await warehouse.given(checkRunRows({ ...run, ...example }));
    expect(await warehouse.rows("SELECT * FROM product_eng.check_runs")).toEqual([
      expect.objectContaining(row),
    ]);
  });
});
