import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  checkRunRows,
  exampleRun,
  mergeGroupRows,
  pullRequestEventRows,
  pushRows,
  workflowJobRows,
} from "../testing/example-github-rows.ts";
import { type FrozenWarehouse, startFrozenWarehouse } from "../testing/frozen-warehouse.ts";

let warehouse: FrozenWarehouse;
beforeAll(async () => {
  warehouse = await startFrozenWarehouse("2025-03-12T12:00:00Z");
});
afterAll(() => warehouse.stop());

const MINUTE = 60;
const at = (minute: number) => new Date(Date.UTC(2025, 2, 3, 10, minute)).toISOString();
const job = { run: 1, created: at(0) };
const completed = { ...job, action: "completed", started: at(2), completed: at(12) } as const;

const larger = (label: string) => ({ ...completed, labels: [label] });
/** Ten minutes at the price of GitHub's list. */
const priced = (runner: string, usd: number) => ({ runner, cost_usd: expect.closeTo(10 * usd) });

describe("workflow_jobs", () => {
  it("a job has its wait for a runner, its minutes and its cost, whatever the order of its events", async () => {
    await warehouse.given(
      workflowJobRows({ ...completed, completed: "2025-03-03T10:11:01Z" }),
      workflowJobRows(job),
      workflowJobRows({ ...job, action: "in_progress", started: at(2) }),
      workflowJobRows(job),
    );
    expect(await warehouse.rows("SELECT * FROM product_eng.workflow_jobs")).toEqual([
      {
        repository: "getsentry/sentry",
        job_id: 1,
        run_id: 10,
        run_attempt: 1,
        workflow_name: "CI",
        job_name: "tests",
        labels: "ubuntu-latest",
        runner: "linux 2-core",
        runner_name: "GitHub Actions 5",
        head_sha: "sha",
        head_branch: null,
        status: "completed",
        conclusion: "success",
        created_at: at(0),
        started_at: at(2),
        completed_at: "2025-03-03T10:11:01.000Z",
        wait_seconds: 2 * MINUTE,
        run_seconds: 541,
        // 9 minutes and a second are 10 minutes.
        billed_minutes: 10,
        cost_usd: expect.closeTo(0.06),
      },
    ]);
  });

  it.each([
    [
      "a queued job has neither wait nor cost",
      job,
      { wait_seconds: null, run_seconds: null, cost_usd: null },
    ],
    [
      "a job that was canceled before it had a runner costs nothing known",
      { ...completed, runner: "", conclusion: "cancelled" },
      { wait_seconds: null, billed_minutes: null, cost_usd: null },
    ],
    ["a standard runner of a public repository is free", { ...completed, private: false }, { cost_usd: 0 }],
    [
      "a larger runner of a public repository is not",
      { ...completed, private: false, labels: ["ubuntu-24.04-8-cores"] },
      { runner: "linux 8-core", cost_usd: expect.closeTo(0.22) },
    ],
    [
      "a self-hosted runner is not billed",
      { ...completed, labels: ["self-hosted", "linux", "x64"] },
      { runner: "self-hosted", billed_minutes: 10, cost_usd: 0 },
    ],
    [
      "a label without a price has no cost",
      { ...completed, labels: ["our-big-runner"] },
      { runner: null, billed_minutes: 10, cost_usd: null },
    ],
    ["macOS", { ...completed, labels: ["macos-15"] }, { cost_usd: expect.closeTo(0.62) }],
    ["a larger Arm runner of Windows", larger("windows-11-arm-8-cores"), priced("windows 8-core arm", 0.026)],
    ["a larger runner of Windows", larger("windows-2025-64-cores"), priced("windows 64-core", 0.322)],
    ["a larger Arm runner of Linux", larger("ubuntu-24.04-arm-16-cores"), priced("linux 16-core arm", 0.026)],
    ["a runner with a GPU", larger("ubuntu-gpu-t4-4-core"), priced("linux 4-core gpu", 0.052)],
  ])("%s", async (_, example, expected) => {
    await warehouse.given(workflowJobRows(example));
    expect(await warehouse.rows("SELECT * FROM product_eng.workflow_jobs")).toEqual([
      expect.objectContaining(expected),
    ]);
  });
});

it("runner usage counts minutes and cost by workflow and label, and those of repeated runs", async () => {
  await warehouse.given(
    workflowJobRows(completed),
    workflowJobRows({ ...completed, run: 2, attempt: 2, started: at(4), completed: at(7) }),
    workflowJobRows({ ...completed, run: 3, workflow: "Release", labels: ["our-big-runner"] }),
  );
  expect(
    await warehouse.rows(
      `SELECT workflow_name, labels, day, jobs, repeated_jobs, wait_seconds_p50, wait_seconds_p90, waits, billed_minutes,
         repeated_minutes, cost_usd, jobs_without_price
       FROM product_eng.runner_usage_by_day ORDER BY workflow_name`,
    ),
  ).toEqual([
    {
      workflow_name: "CI",
      labels: "ubuntu-latest",
      day: "2025-03-03",
      jobs: 2,
      repeated_jobs: 1,
      wait_seconds_p50: 3 * MINUTE,
      wait_seconds_p90: expect.closeTo(3.8 * MINUTE),
      waits: 2,
      billed_minutes: 13,
      repeated_minutes: 3,
      cost_usd: expect.closeTo(0.078),
      jobs_without_price: 0,
    },
    expect.objectContaining({ workflow_name: "Release", cost_usd: null, jobs_without_price: 1 }),
  ]);
});

describe("merge_queue_entries", () => {
  const pull = { number: 7, opened: at(-60) };
  const move = (action: string, minute: number, more = {}) =>
    pullRequestEventRows({ ...pull, action, updated: at(minute), received: at(minute), ...more });
  const requested = (minute: number) =>
    mergeGroupRows({ pullRequest: 7, action: "checks_requested", at: at(minute) });

  it("a pull request that was ejected and merged at its second attempt has two entries", async () => {
    await warehouse.given(
      move("enqueued", 0),
      requested(1),
      move("dequeued", 10, { reason: "CI_FAILURE" }),
      move("enqueued", 20),
      requested(21),
      requested(24),
      mergeGroupRows({ pullRequest: 7, action: "destroyed", at: at(30), reason: "merged" }),
      move("dequeued", 30, { reason: "MERGE" }),
      pullRequestEventRows({ ...pull, merged: at(30), mergeCommit: "m7" }),
    );
    expect(
      await warehouse.rows(
        `SELECT enqueued_at, left_at, outcome, reason, wait_seconds, tested_groups
         FROM product_eng.merge_queue_entries ORDER BY enqueued_at`,
      ),
    ).toEqual([
      {
        enqueued_at: at(0),
        left_at: at(10),
        outcome: "ejected",
        reason: "CI_FAILURE",
        wait_seconds: 10 * MINUTE,
        tested_groups: 1,
      },
      {
        enqueued_at: at(20),
        left_at: at(30),
        outcome: "merged",
        reason: "MERGE",
        wait_seconds: 10 * MINUTE,
        tested_groups: 2,
      },
    ]);
  });

  it("a merge ends the wait without a dequeued event, and a pull request in the queue waits", async () => {
    await warehouse.given(
      move("enqueued", 0),
      pullRequestEventRows({ ...pull, merged: at(15), mergeCommit: "m7" }),
      pullRequestEventRows({ ...pull, number: 8, action: "enqueued", updated: at(5) }),
    );
    expect(
      await warehouse.rows(
        "SELECT pull_request_number, outcome, wait_seconds FROM product_eng.merge_queue_entries ORDER BY 1",
      ),
    ).toEqual([
      { pull_request_number: 7, outcome: "merged", wait_seconds: 15 * MINUTE },
      { pull_request_number: 8, outcome: "waiting", wait_seconds: null },
    ]);
  });
});

describe("commit_checks", () => {
  const run = (id: number, check: string, minute: number, conclusion: string, more = {}) =>
    checkRunRows({
      ...exampleRun,
      run: id,
      check,
      started: at(minute),
      completed: at(minute + 5),
      conclusion,
      ...more,
    });

  it("a commit is green when all its checks have passed, repeated runs included", async () => {
    await warehouse.given(
      pushRows({ branch: "master", received: at(0), after: "sha", commits: [{ at: at(-5), sha: "sha" }] }),
      run(1, "tests", 2, "failure"),
      run(2, "lint", 2, "success"),
      run(3, "tests", 10, "success"),
      run(4, "docs", 3, "neutral"),
    );
    expect(await warehouse.rows("SELECT * FROM product_eng.commit_checks")).toEqual([
      {
        repository: "getsentry/sentry",
        head_sha: "sha",
        branch_kind: "main",
        begun_at: at(0),
        green_at: at(15),
        seconds_to_green: 15 * MINUTE,
        checks: 2,
        red_checks: 0,
        repeated_runs: 1,
        service: "getsentry",
        team: null,
        seen_at: at(7),
      },
    ]);
  });

  it("of a repository with required checks, only those count", async () => {
    const repository = "getsentry/getsentry";
    await warehouse.given(
      run(1, "getsentry required checks", 2, "success", { repository }),
      run(2, "optional", 2, "failure", { repository }),
    );
    expect(
      await warehouse.rows("SELECT checks, red_checks, seconds_to_green FROM product_eng.commit_checks"),
    ).toEqual([{ checks: 1, red_checks: 0, seconds_to_green: 5 * MINUTE }]);
  });

  it("a commit with a red check is not green", async () => {
    await warehouse.given(run(1, "tests", 2, "failure"), run(2, "lint", 2, "success"));
    expect(
      await warehouse.rows("SELECT red_checks, green_at, seconds_to_green FROM product_eng.commit_checks"),
    ).toEqual([{ red_checks: 1, green_at: null, seconds_to_green: null }]);
  });
});
