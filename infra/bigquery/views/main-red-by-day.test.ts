import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkRunRows } from "../testing/example-github-rows.ts";
import { type FrozenWarehouse, startFrozenWarehouse } from "../testing/frozen-warehouse.ts";

let warehouse: FrozenWarehouse;
beforeAll(async () => {
  warehouse = await startFrozenWarehouse("2025-03-12T12:00:00Z");
});
afterAll(() => warehouse.stop());

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

  it("a check that was removed is red until the next commit's checks, and on no day after", async () => {
    const run = (sha: string, check: string, minute: number, conclusion = "success") =>
      checkRunRows({
        ...{ run: minute + 1, sha, check, conclusion },
        started: `2025-03-02T10:${minute}:00Z`,
        completed: `2025-03-02T10:${minute + 5}:00Z`,
      });
    await warehouse.given(
      run("a", "old", 10, "failure"),
      run("b", "new", 20),
      run("c", "new", 30),
      run("d", "new", 40),
    );
    const rows = await warehouse.rows(
      "SELECT day, red_seconds FROM product_eng.main_red_by_day WHERE check_name = 'old' ORDER BY day",
    );
    expect(rows).toHaveLength(11);
    expect(rows.filter(({ red_seconds }) => red_seconds !== 0)).toEqual([
      { day: "2025-03-02", red_seconds: 600 },
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
