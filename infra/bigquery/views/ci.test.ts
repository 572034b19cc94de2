import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkRunRows, type ExampleCheckRun, workflowJobRows } from "../testing/example-rows.ts";
import { type FrozenWarehouse, startFrozenWarehouse } from "../testing/frozen-warehouse.ts";

let warehouse: FrozenWarehouse;
beforeAll(async () => {
  warehouse = await startFrozenWarehouse("2025-03-12T12:00:00Z");
});
afterAll(() => warehouse.stop());

const run: ExampleCheckRun = {
  run: 1,
  started: "2025-03-03T10:00:00Z",
  completed: "2025-03-03T10:05:00Z",
};

describe("check_runs", () => {
  it("are there once completed, each once, with the time from queueing to start and from start to end", async () => {
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
      },
    ]);
  });

  it("that are jobs of Actions were queued when the job was made", async () => {
    await warehouse.given(
      checkRunRows({ ...run, status: "queued", completed: null, started: "2025-03-03T09:59:00Z" }),
      workflowJobRows({ run: 1, created: "2025-03-03T09:58:00Z" }),
      checkRunRows(run),
    );
    expect(await warehouse.rows("SELECT queue_seconds FROM product_eng.check_runs")).toEqual([
      { queue_seconds: 120 },
    ]);
  });

  it("that run again under their id are another row, whose queueing is not known", async () => {
    await warehouse.given(
      checkRunRows({ ...run, status: "queued", completed: null, started: "2025-03-03T09:59:00Z" }),
      checkRunRows({ ...run, conclusion: "failure" }),
      checkRunRows({ ...run, started: "2025-03-03T11:00:00Z", completed: "2025-03-03T11:05:00Z" }),
      // GitHub tells of the same completion again.
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
    ["of the default branch are of main", { branch: "master" }, { branch_kind: "main" }],
    [
      "of another branch with a pull request",
      { branch: "fix", pullRequest: 7 },
      { branch_kind: "pull_request", pull_request_number: 7 },
    ],
    ["of another branch without one", { branch: "release" }, { branch_kind: "other" }],
    ["of a fork, where GitHub gives no branch", { branch: null }, { branch_kind: "pull_request" }],
    ["of the default branch that is also a pull request's head", { pullRequest: 7 }, { branch_kind: "main" }],
    ["that timed out failed", { conclusion: "timed_out" }, { verdict: "failed" }],
    ["that were canceled have no verdict", { conclusion: "cancelled" }, { verdict: null }],
    ["that were skipped have no verdict", { conclusion: "skipped" }, { verdict: null }],
    ["without a start have no duration", { started: null }, { duration_seconds: null, queue_seconds: null }],
    [
      "that end before they start have no duration",
      { started: "2025-03-03T10:06:00Z" },
      { duration_seconds: null },
    ],
    [
      "across the change to daylight saving take as long as they take",
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

/** Runs of one check on one commit, one after another: P passed, F failed, C canceled. */
function verdicts(text: string, example: Partial<ExampleCheckRun> = {}) {
  const conclusions = { P: "success", F: "failure", C: "cancelled" };
  return [...text].map((letter, index) =>
    checkRunRows({
      ...run,
      run: index + 1,
      conclusion: conclusions[letter as "P"],
      started: `2025-03-03T10:0${index}:00Z`,
      completed: `2025-03-03T10:0${index}:30Z`,
      ...example,
    }),
  );
}

describe("check_commits", () => {
  it.each([
    ["P", false],
    ["F", false],
    ["FP", true],
    ["FFP", true],
    ["FCP", true],
    // It did not fail before it passed.
    ["PF", false],
    ["PFP", true],
  ])("with the verdicts %s are flaky: %s", async (text, flaky) => {
    await warehouse.given(...verdicts(text));
    expect(await warehouse.rows("SELECT is_flaky, runs FROM product_eng.check_commits")).toEqual([
      { is_flaky: flaky, runs: text.replace("C", "").length },
    ]);
  });

  it("are not there for commits without a verdict", async () => {
    await warehouse.given(...verdicts("C"));
    expect(await warehouse.rows("SELECT * FROM product_eng.check_commits")).toEqual([]);
  });
});

describe("ci_by_day", () => {
  it("has per check, kind of branch and UTC day how often it ran, failed and was flaky, and how long it took", async () => {
    const day = (date: string, minute: number, minutes: number) => ({
      started: new Date(Date.parse(`${date}T10:${minute}0:00Z`)).toISOString(),
      completed: new Date(Date.parse(`${date}T10:${minute}0:00Z`) + minutes * 60_000).toISOString(),
    });
    await warehouse.given(
      // Three verdicts and a canceled run on one day, of commits a (failed, then passed) and b.
      checkRunRows({ run: 1, sha: "a", conclusion: "failure", ...day("2025-03-03", 0, 1) }),
      checkRunRows({ run: 2, sha: "a", ...day("2025-03-03", 1, 2) }),
      checkRunRows({ run: 3, sha: "b", ...day("2025-03-03", 2, 5) }),
      checkRunRows({ run: 4, sha: "c", conclusion: "cancelled", ...day("2025-03-03", 3, 50) }),
      checkRunRows({ run: 3, sha: "b", ...day("2025-03-03", 2, 5) }),
      checkRunRows({ run: 1, sha: "a", status: "queued", started: "2025-03-03T09:59:00Z" }),
      // Nothing on the 4th. Started on the 4th, ended on the 5th.
      checkRunRows({ run: 5, sha: "d", started: "2025-03-04T23:59:00Z", completed: "2025-03-05T00:00:00Z" }),
      checkRunRows({ run: 6, sha: "e", branch: "fix", pullRequest: 7, ...day("2025-03-03", 0, 1) }),
      checkRunRows({ run: 7, sha: "f", check: "lint", conclusion: "skipped", ...day("2025-03-03", 0, 1) }),
    );
    const rows = await warehouse.rows(
      "SELECT * EXCEPT (repository) FROM product_eng.ci_by_day ORDER BY check_name, branch_kind, day",
    );
    expect(rows).toEqual([
      {
        check_name: "lint",
        branch_kind: "main",
        day: "2025-03-03",
        runs: 1,
        passed: 0,
        failed: 0,
        failure_rate: null,
        commits: 0,
        flaky_commits: 0,
        flake_rate: null,
        duration_seconds_p50: null,
        duration_seconds_p90: null,
        duration_seconds_p95: null,
        queue_seconds_p50: null,
        queue_seconds_p90: null,
      },
      {
        check_name: "tests",
        branch_kind: "main",
        day: "2025-03-03",
        runs: 4,
        passed: 2,
        failed: 1,
        failure_rate: 1 / 3,
        commits: 2,
        flaky_commits: 1,
        flake_rate: 0.5,
        duration_seconds_p50: 120,
        duration_seconds_p90: expect.closeTo(264),
        duration_seconds_p95: expect.closeTo(282),
        queue_seconds_p50: 60,
        queue_seconds_p90: 60,
      },
      expect.objectContaining({ day: "2025-03-05", runs: 1, duration_seconds_p50: 60, flake_rate: 0 }),
      expect.objectContaining({ branch_kind: "pull_request", day: "2025-03-03", runs: 1, commits: 1 }),
    ]);
  });
});

describe("main_red_periods", () => {
  /** Runs on main as [conclusion, minute of start, minute of end]; the sha is the run's place in the list. */
  function runs(...list: [conclusion: string, start: number, end: number][]) {
    const at = (minute: number) => new Date(Date.UTC(2025, 2, 3, 10, minute)).toISOString();
    return list.map(([conclusion, start, end], index) =>
      checkRunRows({
        run: index + 1,
        sha: `${index + 1}`,
        conclusion,
        started: at(start),
        completed: at(end),
      }),
    );
  }

  it.each<[what: string, list: Parameters<typeof runs>, periods: unknown[][]]>([
    ["green all along", [["success", 0, 5]], []],
    // broken by, fixed by, failed runs, seconds
    [
      "failed twice, then passed",
      [
        ["success", 0, 5],
        ["failure", 10, 15],
        ["timed_out", 20, 25],
        ["success", 30, 35],
      ],
      [["2", "4", 2, 1200]],
    ],
    [
      "red twice",
      [
        ["failure", 0, 5],
        ["success", 10, 15],
        ["failure", 20, 25],
        ["success", 30, 35],
      ],
      [
        ["1", "2", 1, 600],
        ["3", "4", 1, 600],
      ],
    ],
    [
      "an older commit passes after a newer one failed: still red",
      [
        ["success", 0, 30],
        ["failure", 5, 10],
        ["success", 40, 45],
      ],
      [["2", "3", 1, 2100]],
    ],
    [
      "an older commit fails after a newer one passed: never red",
      [
        ["failure", 0, 30],
        ["success", 5, 10],
      ],
      [],
    ],
    [
      "a canceled run changes nothing",
      [
        ["failure", 0, 5],
        ["cancelled", 10, 15],
        ["success", 20, 25],
      ],
      [["1", "3", 1, 1200]],
    ],
  ])("%s", async (_, list, periods) => {
    await warehouse.given(...runs(...list), ...runs(...list));
    const rows = await warehouse.rows(
      `SELECT broken_by_sha, fixed_by_sha, failed_runs, red_seconds
       FROM product_eng.main_red_periods ORDER BY red_from`,
    );
    expect(rows.map((row) => Object.values(row))).toEqual(periods);
  });

  it("last until now while nothing has passed, and are not of pull requests", async () => {
    await warehouse.given(
      checkRunRows({ ...run, conclusion: "failure", completed: "2025-03-12T11:00:00Z" }),
      checkRunRows({ ...run, run: 2, conclusion: "failure", branch: "fix", pullRequest: 7 }),
    );
    expect(
      await warehouse.rows("SELECT check_name, red_until, red_seconds FROM product_eng.main_red_periods"),
    ).toEqual([{ check_name: "tests", red_until: null, red_seconds: 3600 }]);
  });
});

describe("main_red_by_day", () => {
  it("cuts periods at midnight UTC, also on the night on which San Francisco's clocks go forward", async () => {
    await warehouse.given(
      checkRunRows({ run: 1, started: "2025-03-08T17:00:00Z", completed: "2025-03-08T18:00:00Z" }),
      checkRunRows({
        run: 2,
        conclusion: "failure",
        started: "2025-03-08T21:00:00Z",
        completed: "2025-03-08T22:00:00Z",
      }),
      checkRunRows({ run: 3, started: "2025-03-10T00:00:00Z", completed: "2025-03-10T01:00:00Z" }),
      checkRunRows({
        run: 4,
        conclusion: "failure",
        started: "2025-03-12T08:00:00Z",
        completed: "2025-03-12T09:00:00Z",
      }),
    );
    const rows = await warehouse.rows(
      "SELECT * EXCEPT (repository, check_name) FROM product_eng.main_red_by_day ORDER BY day",
    );
    const hour = 3600;
    expect(rows).toEqual([
      {
        day: "2025-03-08",
        red_periods: 1,
        red_seconds: 2 * hour,
        observed_seconds: 6 * hour,
        red_share: 1 / 3,
      },
      {
        day: "2025-03-09",
        red_periods: 1,
        red_seconds: 24 * hour,
        observed_seconds: 24 * hour,
        red_share: 1,
      },
      {
        day: "2025-03-10",
        red_periods: 1,
        red_seconds: hour,
        observed_seconds: 24 * hour,
        red_share: 1 / 24,
      },
      { day: "2025-03-11", red_periods: 0, red_seconds: 0, observed_seconds: 24 * hour, red_share: 0 },
      {
        day: "2025-03-12",
        red_periods: 1,
        red_seconds: 3 * hour,
        observed_seconds: 12 * hour,
        red_share: 0.25,
      },
    ]);
  });

  it("is 0 of 0 for a verdict from a clock that is ahead", async () => {
    await warehouse.given(
      checkRunRows({
        run: 1,
        conclusion: "failure",
        started: "2025-03-12T12:00:00Z",
        completed: "2025-03-12T13:00:00Z",
      }),
    );
    expect(
      await warehouse.rows(
        "SELECT red_seconds, observed_seconds, red_share FROM product_eng.main_red_by_day",
      ),
    ).toEqual([{ red_seconds: 0, observed_seconds: 0, red_share: null }]);
    expect(await warehouse.rows("SELECT red_seconds FROM product_eng.main_red_periods")).toEqual([
      { red_seconds: 0 },
    ]);
  });
});
