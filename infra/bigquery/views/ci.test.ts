import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkRunRows, type ExampleCheckRun, exampleRun as run } from "../testing/example-github-rows.ts";
import { type FrozenWarehouse, startFrozenWarehouse } from "../testing/frozen-warehouse.ts";

let warehouse: FrozenWarehouse;
beforeAll(async () => {
  warehouse = await startFrozenWarehouse("2025-03-12T12:00:00Z");
});
afterAll(() => warehouse.stop());

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
    // No failure before the pass.
    ["PF", false],
    ["PFP", true],
  ])("a commit with the verdicts %s is flaky: %s", async (text, flaky) => {
    await warehouse.given(...verdicts(text));
    expect(await warehouse.rows("SELECT is_flaky, runs FROM product_eng.check_commits")).toEqual([
      { is_flaky: flaky, runs: text.replace("C", "").length },
    ]);
  });

  it.each<[what: string, second: Partial<ExampleCheckRun>, flaky: boolean]>([
    ["a repeated run that passes", {}, true],
    ["a job of another workflow", { suite: 2 }, false],
    ["a job of the same name at the same time", { started: "2025-03-03T10:01:00Z" }, false],
  ])("a check that failed is flaky after %s: %#", async (_, second, flaky) => {
    await warehouse.given(
      checkRunRows({ ...run, conclusion: "failure" }),
      checkRunRows({
        ...run,
        run: 2,
        started: "2025-03-03T10:06:00Z",
        completed: "2025-03-03T10:09:00Z",
        ...second,
      }),
    );
    expect(await warehouse.rows("SELECT is_flaky, runs FROM product_eng.check_commits")).toEqual([
      { is_flaky: flaky, runs: 2 },
    ]);
  });

  it("a commit whose first run was before its pull request was opened has one row", async () => {
    await warehouse.given(
      checkRunRows({ ...run, branch: "fix", conclusion: "failure" }),
      checkRunRows({
        run: 2,
        branch: "fix",
        pullRequest: 7,
        started: "2025-03-03T11:00:00Z",
        completed: "2025-03-03T11:05:00Z",
      }),
    );
    expect(await warehouse.rows("SELECT branch_kind, runs, is_flaky FROM product_eng.check_commits")).toEqual(
      [{ branch_kind: "pull_request", runs: 2, is_flaky: true }],
    );
  });

  it("a commit that is checked again more than a week later has another row", async () => {
    await warehouse.given(
      checkRunRows({ ...run, conclusion: "failure" }),
      // Six days later: the same row. Seven days after that: another one.
      checkRunRows({ ...run, run: 2, started: "2025-03-09T10:00:00Z", completed: "2025-03-09T10:05:00Z" }),
      checkRunRows({
        ...run,
        run: 3,
        conclusion: "failure",
        started: "2025-03-17T10:00:00Z",
        completed: "2025-03-17T10:05:00Z",
      }),
    );
    expect(
      await warehouse.rows("SELECT runs, is_flaky, seen_at FROM product_eng.check_commits ORDER BY seen_at"),
    ).toMatchObject([
      { runs: 2, is_flaky: true },
      { runs: 1, is_flaky: false, seen_at: "2025-03-17T10:05:00.000Z" },
    ]);
    // Each row belongs to one day: the commit counts on both, and once on each.
    expect(
      await warehouse.rows(
        "SELECT day, runs, commits, flaky_commits FROM product_eng.ci_by_day ORDER BY day",
      ),
    ).toEqual([
      { day: "2025-03-03", runs: 1, commits: 1, flaky_commits: 1 },
      { day: "2025-03-09", runs: 1, commits: 0, flaky_commits: 0 },
      { day: "2025-03-17", runs: 1, commits: 1, flaky_commits: 0 },
    ]);
    expect(
      await warehouse.rows(
        "SELECT head_sha, branch_kind, checks FROM product_eng.commit_checks ORDER BY seen_at",
      ),
    ).toEqual([
      { head_sha: "sha", branch_kind: "main", checks: 1 },
      { head_sha: "sha", branch_kind: "main", checks: 1 },
    ]);
  });

  it("a commit without a verdict has no row", async () => {
    await warehouse.given(...verdicts("C"));
    expect(await warehouse.rows("SELECT * FROM product_eng.check_commits")).toEqual([]);
  });
});

describe("ci_by_day", () => {
  it("a row counts runs, failures and flaky commits of a check, kind of branch and UTC day, with durations", async () => {
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
