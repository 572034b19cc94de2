import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkRunRows, type ExampleCheckRun } from "../testing/example-github-rows.ts";
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

describe("main_red_by_day", () => {
  it("periods are split at midnight UTC, also in the night of San Francisco's change to daylight saving", async () => {
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

  it("a verdict from a clock that is ahead has 0 red and 0 observed seconds", async () => {
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
