import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkRunRows, pushRows, exampleRun as run } from "../testing/example-github-rows.ts";
import { type FrozenWarehouse, startFrozenWarehouse } from "../testing/frozen-warehouse.ts";

let warehouse: FrozenWarehouse;
beforeAll(async () => {
  warehouse = await startFrozenWarehouse("2025-03-12T12:00:00Z");
});
afterAll(() => warehouse.stop());

describe("main_red_periods", () => {
  /** Runs on main as [conclusion, minute of start, minute of end]; the sha is the run's index in the list. */
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
    ["a check that always passes has no period", [["success", 0, 5]], []],
    // broken by, fixed by, failed runs, seconds
    [
      "two failures and a pass are one period",
      [
        ["success", 0, 5],
        ["failure", 10, 15],
        ["timed_out", 20, 25],
        ["success", 30, 35],
      ],
      [["2", "4", 2, 1200]],
    ],
    [
      "a failure after a pass starts a second period",
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
      "a late pass of an older commit does not end a period",
      [
        ["success", 0, 30],
        ["failure", 5, 10],
        ["success", 40, 45],
      ],
      [["2", "3", 1, 2100]],
    ],
    [
      "a late failure of an older commit starts no period",
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

  const start = Date.UTC(2025, 2, 3, 10);
  /** Runs as [sha, conclusion, minute of start, minute of end, check]. */
  function verdicts(
    ...list: [sha: string, conclusion: string, start: number, end: number, check?: string][]
  ) {
    const at = (minute: number) => new Date(start + minute * 60_000).toISOString();
    return list.map(([sha, conclusion, from, to, check = "tests"], index) =>
      checkRunRows({ run: index + 1, sha, conclusion, check, started: at(from), completed: at(to) }),
    );
  }

  it.each<[what: string, list: Parameters<typeof verdicts>, periods: unknown[][]]>([
    [
      "a repeated run of an older commit that fails does not turn a green branch red",
      [
        ["a", "failure", 0, 10],
        ["b", "success", 5, 15],
        ["a", "failure", 20, 30],
        ["c", "success", 260, 270],
      ],
      [["a", "b", 1, 5 * 60]],
    ],
    [
      "a repeated run of an older commit that passes does not turn a red branch green",
      [
        ["a", "failure", 0, 10],
        ["b", "failure", 5, 15],
        ["a", "success", 20, 30],
        ["c", "success", 260, 270],
      ],
      [["a", "c", 2, 260 * 60]],
    ],
    [
      "a repeated run of the newest commit counts",
      [
        ["a", "failure", 0, 10],
        ["a", "success", 20, 30],
      ],
      [["a", "a", 1, 20 * 60]],
    ],
    [
      "a job that fails keeps the branch red beside a job of the same name that passes, on each commit",
      [
        ["a", "failure", 0, 5],
        ["a", "success", 0, 6],
        ["b", "success", 10, 14],
        ["b", "failure", 10, 15],
        ["c", "success", 20, 25],
        ["c", "success", 20, 26],
      ],
      [["a", "c", 2, 20 * 60]],
    ],
    [
      "a repeated run that passes ends the failure of its job",
      [
        ["a", "failure", 0, 5],
        ["a", "success", 0, 6],
        ["a", "success", 10, 16],
      ],
      [["a", "a", 1, 11 * 60]],
    ],
    [
      "another check's run of a commit tells when the commit came",
      [
        ["a", "success", 0, 1, "lint"],
        ["b", "success", 5, 15],
        ["a", "failure", 20, 30],
      ],
      [],
    ],
  ])("%s", async (_, list, periods) => {
    await warehouse.given(...verdicts(...list));
    const rows = await warehouse.rows(
      `SELECT broken_by_sha, fixed_by_sha, failed_runs, red_seconds
       FROM product_eng.main_red_periods ORDER BY red_from`,
    );
    expect(rows.map((row) => Object.values(row))).toEqual(periods);
  });

  it("a fork's run under the default branch's name does not turn the branch red", async () => {
    await warehouse.given(
      ...verdicts(["a", "success", 0, 5]),
      checkRunRows({
        run: 9,
        sha: "fork",
        onMain: false,
        conclusion: "failure",
        started: "2025-03-03T10:10:00Z",
        completed: "2025-03-03T10:20:00Z",
      }),
    );
    expect(await warehouse.rows("SELECT * FROM product_eng.main_red_periods")).toEqual([]);
  });

  it("pushes give the commits' order, whenever their runs start", async () => {
    const push = (after: string, received: string) =>
      pushRows({ branch: "master", after, commits: [], received });
    await warehouse.given(
      push("a", "2025-03-03T09:00:00Z"),
      push("b", "2025-03-03T09:01:00Z"),
      // The older commit waited longer for a runner.
      ...verdicts(["b", "success", 0, 5], ["a", "failure", 10, 15]),
    );
    expect(await warehouse.rows("SELECT * FROM product_eng.main_red_periods")).toEqual([]);
  });

  it("a start in the future does not freeze the branch", async () => {
    await warehouse.given(
      ...verdicts(["b", "success", 10, 15]),
      checkRunRows({
        run: 9,
        sha: "a",
        conclusion: "failure",
        started: "2026-03-03T10:00:00Z",
        completed: "2025-03-03T10:05:00Z",
      }),
    );
    expect(await warehouse.rows("SELECT red_seconds FROM product_eng.main_red_periods")).toEqual([
      { red_seconds: 600 },
    ]);
  });

  it.each<[what: string, others: Parameters<typeof verdicts>, row: Record<string, unknown>]>([
    [
      "was removed ends when the next commit's checks are known",
      [
        ["b", "success", 20, 25, "new"],
        ["c", "success", 30, 35, "new"],
        ["d", "success", 40, 45, "new"],
      ],
      { red_seconds: 900, is_abandoned: true, fixed_by_sha: null },
    ],
    [
      "missed two commits may come back",
      [
        ["b", "success", 20, 25, "new"],
        ["c", "success", 30, 35, "new"],
      ],
      { red_until: null, is_abandoned: false },
    ],
    [
      "has no verdict for a week, as it is skipped, neutral or canceled, ends too",
      [
        ["b", "skipped", 20, 25],
        ["b", "success", 20, 25, "new"],
        ["c", "neutral", 30, 35],
        ["c", "success", 30, 35, "new"],
        ["d", "cancelled", 40, 45],
        ["d", "success", 40, 45, "new"],
      ],
      { red_seconds: 900, is_abandoned: true, fixed_by_sha: null },
    ],
    [
      "is skipped on commits without any other check may come back",
      [
        ["b", "skipped", 20, 25],
        ["c", "skipped", 30, 35],
        ["d", "skipped", 40, 45],
      ],
      { red_until: null, is_abandoned: false },
    ],
    [
      "ran in the last week may be a nightly one",
      [
        ["a", "failure", 10_000, 10_010],
        ["b", "success", 10_020, 10_025, "new"],
        ["c", "success", 10_030, 10_035, "new"],
        ["d", "success", 10_040, 10_045, "new"],
      ],
      { red_until: null, is_abandoned: false },
    ],
  ])("the red period of a check that %s", async (_, others, row) => {
    await warehouse.given(...verdicts(["a", "failure", 0, 10], ...others));
    expect(await warehouse.rows("SELECT * FROM product_eng.main_red_periods")).toEqual([
      expect.objectContaining(row),
    ]);
  });

  it("a period without a pass lasts until now, and runs of pull requests do not count", async () => {
    await warehouse.given(
      checkRunRows({ ...run, conclusion: "failure", completed: "2025-03-12T11:00:00Z" }),
      checkRunRows({ ...run, run: 2, conclusion: "failure", branch: "fix", pullRequest: 7 }),
    );
    expect(
      await warehouse.rows("SELECT check_name, red_until, red_seconds FROM product_eng.main_red_periods"),
    ).toEqual([{ check_name: "tests", red_until: null, red_seconds: 3600 }]);
  });
});
