import { afterAll, beforeAll, expect, it } from "vitest";
import { checkRunRows, exampleRun, pullRequestEventRows } from "../testing/example-github-rows.ts";
import { bootstrapRows, deployRows, endedDeploy, reportRows, shipmentRows } from "../testing/example-rows.ts";
import { type FrozenWarehouse, startFrozenWarehouse } from "../testing/frozen-warehouse.ts";

let warehouse: FrozenWarehouse;
beforeAll(async () => {
  warehouse = await startFrozenWarehouse("2025-03-12T05:00:00Z");
  const organization = warehouse.bigquery.dataset("product_eng").table("organization");
  const [metadata] = await organization.getMetadata();
  // San Francisco: 8 hours behind UTC, and 7 from 9 March, a Sunday of 23 hours.
  const query = metadata.view.query.replace("'UTC'", "'America/Los_Angeles'");
  await organization.setMetadata({ view: { query, useLegacySql: false } });
});
afterAll(() => warehouse.stop());

it("days, weeks and months begin in the organization's time zone", async () => {
  // Saturday 1 March at 23:30, Sunday 9 March at 23:30, Monday 10 March at 0:30.
  const deploys = [
    endedDeploy(1, "a", "2025-03-02T07:30:00Z"),
    endedDeploy(2, "b", "2025-03-10T06:30:00Z"),
    endedDeploy(3, "c", "2025-03-10T07:30:00Z"),
  ];
  await warehouse.given(...deploys.map(deployRows));
  const rows = await warehouse.rows(
    `SELECT period, period_start, deployments, is_partial FROM product_eng.delivery_by_period
     WHERE deployments > 0 ORDER BY period, period_start`,
  );
  expect(rows.map((row) => Object.values(row))).toEqual([
    ["day", "2025-03-01", 1, false],
    ["day", "2025-03-09", 1, false],
    ["day", "2025-03-10", 1, false],
    ["month", "2025-03-01", 3, true],
    ["quarter", "2025-01-01", 3, true],
    ["week", "2025-02-24", 1, true],
    ["week", "2025-03-03", 1, false],
    ["week", "2025-03-10", 1, true],
  ]);
  // It is still the 11th there.
  const [{ last } = {}] = await warehouse.rows(
    "SELECT MAX(period_start) AS last FROM product_eng.delivery_by_period WHERE period = 'day'",
  );
  expect(last).toBe("2025-03-11");
});

it("a day on which the clocks change has 23 hours of red time", async () => {
  const failed = {
    ...exampleRun,
    conclusion: "failure",
    started: "2025-03-08T20:00:00Z",
    completed: "2025-03-08T20:05:00Z",
  };
  await warehouse.given(
    checkRunRows(failed),
    checkRunRows({
      ...exampleRun,
      run: 2,
      sha: "b",
      started: "2025-03-10T20:00:00Z",
      completed: "2025-03-10T20:05:00Z",
    }),
  );
  const rows = await warehouse.rows(
    "SELECT day, red_seconds / 3600 AS hours FROM product_eng.main_red_by_day WHERE day = '2025-03-09'",
  );
  expect(rows).toEqual([{ day: "2025-03-09", hours: 23 }]);
  expect(await warehouse.rows("SELECT day, runs FROM product_eng.ci_by_day ORDER BY day")).toEqual([
    { day: "2025-03-08", runs: 1 },
    { day: "2025-03-10", runs: 1 },
  ]);
});

it("the backlog is counted at midnight there", async () => {
  const first = endedDeploy(1, "a", "2025-03-09T20:00:00Z");
  const merged = (number: number, at: string) =>
    pullRequestEventRows({
      number,
      branch: `b${number}`,
      opened: "2025-03-09T00:00:00Z",
      merged: at,
      mergeCommit: `m${number}`,
    });
  await warehouse.given(
    deployRows(first),
    shipmentRows(first, { 1: "m1" }),
    merged(1, "2025-03-09T19:00:00Z"),
    // 23:30 on the 10th.
    merged(2, "2025-03-11T06:30:00Z"),
    bootstrapRows({ step: "start", name: "mira", received: "2025-03-11T06:30:00Z" }),
  );
  expect(
    await warehouse.rows(
      "SELECT day, undeployed_pull_requests AS n FROM product_eng.undeployed_backlog_by_day ORDER BY day",
    ),
  ).toEqual([
    { day: "2025-03-09", n: 0 },
    { day: "2025-03-10", n: 1 },
    { day: "2025-03-11", n: 1 },
  ]);
  expect(await warehouse.rows("SELECT day FROM product_eng.bootstraps_by_day")).toEqual([
    { day: "2025-03-10" },
  ]);
});

it("a measurement belongs to the day there", async () => {
  const measured = (timestamp: string, value: number) =>
    reportRows({ type: "measurement", timestamp, data: { name: "docs-build", value } });
  // 23:30 on the 9th, and 0:30 on the 10th.
  await warehouse.given(measured("2025-03-10T06:30:00Z", 1), measured("2025-03-10T07:30:00Z", 5));
  expect(
    await warehouse.rows("SELECT day, value_p50 FROM product_eng.measurements_by_day ORDER BY day"),
  ).toEqual([
    { day: "2025-03-09", value_p50: 1 },
    { day: "2025-03-10", value_p50: 5 },
  ]);
});
