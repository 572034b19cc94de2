import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pullRequestEventRows } from "../testing/example-github-rows.ts";
import { deployRows, type ExampleDeploy, shipmentRows } from "../testing/example-rows.ts";
import { type FrozenWarehouse, startFrozenWarehouse } from "../testing/frozen-warehouse.ts";

let warehouse: FrozenWarehouse;
beforeAll(async () => {
  warehouse = await startFrozenWarehouse("2025-03-10T12:00:00Z");
});
afterAll(() => warehouse.stop());

describe("deploy_pipeline_by_day", () => {
  it("a row has the outcomes and durations of deploys per app, environment, deployer and day of queueing", async () => {
    const deploy = (number: number, wait: number, run: number, more: Partial<ExampleDeploy> = {}) => {
      const at = (seconds: number) => new Date(Date.UTC(2025, 2, 3, 23, 59) + seconds * 1000).toISOString();
      return deployRows({
        number,
        status: "finished",
        queued: at(0),
        started: at(wait),
        ended: at(wait + run),
        ...more,
      });
    };
    await warehouse.given(
      // All were queued a minute before midnight and ended on the next day.
      deploy(1, 10, 100),
      deploy(2, 20, 300),
      deploy(3, 60, 200, { status: "failed" }),
      deploy(4, 0, 0, { status: "canceled", started: null }),
      deploy(5, 0, 0, { status: "queued", started: null, ended: null }),
      deploy(1, 10, 100),
      deploy(6, 5, 5, { user: "jonas@sentry.io", environment: "staging" }),
      deploy(7, 5, 5, { user: null, queued: null }),
    );
    const rows = await warehouse.rows(
      "SELECT * EXCEPT (app) FROM product_eng.deploy_pipeline_by_day ORDER BY environment, deployer DESC",
    );
    expect(rows).toEqual([
      {
        environment: "production",
        deployer: "mira@sentry.io",
        day: "2025-03-03",
        deploys: 5,
        finished: 2,
        failed: 1,
        canceled: 1,
        unfinished: 1,
        queue_seconds_p50: 20,
        queue_seconds_p90: expect.closeTo(52),
        run_seconds_p50: 200,
        run_seconds_p90: expect.closeTo(280),
        // 0 (canceled), 110, 260, 320
        total_seconds_p50: 185,
        total_seconds_p90: expect.closeTo(302),
      },
      expect.objectContaining({ deployer: null, day: "2025-03-03", deploys: 1, queue_seconds_p50: null }),
      expect.objectContaining({ environment: "staging", deployer: "jonas@sentry.io", deploys: 1 }),
    ]);
  });
});

describe("undeployed_backlog_by_day", () => {
  const pull = (number: number, merged: string | null, more = {}) =>
    pullRequestEventRows({
      number,
      branch: `b${number}`,
      opened: "2025-03-01T00:00:00Z",
      merged,
      mergeCommit: `m${number}`,
      ...more,
    });
  const deploy = (number: number, ended: string): ExampleDeploy => ({
    number,
    sha: `${number}`,
    status: "finished",
    queued: ended,
    started: ended,
    ended,
  });
  const first = deploy(1, "2025-03-06T10:00:00Z");
  const second = deploy(2, "2025-03-09T10:00:00Z");

  it("a row counts the merged and undeployed pull requests at the end of a day, also of days without merge or deploy", async () => {
    await warehouse.given(
      ...[first, second].flatMap((one) => [deployRows(one), deployRows(one)]),
      shipmentRows(first, { 1: "m1" }),
      shipmentRows(second, { 3: "m3" }),
      pull(1, "2025-03-06T09:00:00Z"),
      // Shipped with 3 without a row: it was merged a day before 3.
      pull(2, "2025-03-07T09:00:00Z"),
      pull(3, "2025-03-08T12:00:00Z"),
      pull(3, "2025-03-08T12:00:00Z"),
      pull(4, "2025-03-10T11:00:00Z"),
      // These do not count: merged before the first shipment, another branch, another repository, not merged.
      pull(5, "2025-03-05T09:00:00Z"),
      pull(6, "2025-03-07T09:00:00Z", { base: "release" }),
      pull(7, "2025-03-07T09:00:00Z", { repository: "getsentry/relay", mergeCommit: "r7" }),
      pull(8, null),
    );
    const rows = await warehouse.rows(
      "SELECT * EXCEPT (app, environment, service, team) FROM product_eng.undeployed_backlog_by_day ORDER BY day",
    );
    const none = { undeployed_pull_requests: 0, oldest_merged_at: null, oldest_age_seconds: null };
    const waiting = { oldest_merged_at: "2025-03-07T09:00:00.000Z" };
    expect(rows).toEqual([
      { day: "2025-03-06", ...none },
      { day: "2025-03-07", undeployed_pull_requests: 1, ...waiting, oldest_age_seconds: 15 * 3600 },
      { day: "2025-03-08", undeployed_pull_requests: 2, ...waiting, oldest_age_seconds: 39 * 3600 },
      { day: "2025-03-09", ...none },
      // Today until now.
      {
        day: "2025-03-10",
        undeployed_pull_requests: 1,
        oldest_merged_at: "2025-03-10T11:00:00.000Z",
        oldest_age_seconds: 3600,
      },
    ]);
  });

  it("two pull requests with one merge commit wait as two", async () => {
    const merged = "2025-03-07T12:00:00Z";
    await warehouse.given(
      ...[first, second].map(deployRows),
      shipmentRows(first, { 1: "m1" }),
      shipmentRows(second, { 2: "m23" }),
      pull(1, "2025-03-06T09:00:00Z"),
      pull(2, merged, { mergeCommit: "m23" }),
      pull(3, merged, { mergeCommit: "m23" }),
    );
    expect(
      await warehouse.rows(
        "SELECT undeployed_pull_requests FROM product_eng.undeployed_backlog_by_day ORDER BY day",
      ),
    ).toEqual([0, 2, 2, 0, 0].map((undeployed_pull_requests) => ({ undeployed_pull_requests })));
  });

  const backlog = () =>
    warehouse.rows(
      "SELECT day, undeployed_pull_requests AS n FROM product_eng.undeployed_backlog_by_day ORDER BY day",
    );

  it("a pull request of a rolled-back change waits again, until a change has it", async () => {
    const shipping = { ...deploy(2, "2025-03-07T10:00:00Z"), sha: "b" };
    const rollback = { ...deploy(3, "2025-03-07T11:00:00Z"), sha: "1" };
    const again = { ...deploy(4, "2025-03-09T10:00:00Z"), sha: "b" };
    await warehouse.given(
      ...[first, shipping, rollback, again].map(deployRows),
      shipmentRows(first, { 1: "m1" }),
      shipmentRows(shipping, { 2: "m2" }),
      shipmentRows(again, { 2: "m2" }),
      pull(1, "2025-03-06T09:00:00Z"),
      pull(2, "2025-03-07T09:00:00Z"),
    );
    expect(await backlog()).toEqual([
      { day: "2025-03-06", n: 0 },
      { day: "2025-03-07", n: 1 },
      { day: "2025-03-08", n: 1 },
      { day: "2025-03-09", n: 0 },
      { day: "2025-03-10", n: 0 },
    ]);
    // Its lead time ended with the first deploy.
    const sql = "SELECT deploy_number FROM product_eng.lead_times WHERE pull_request_number = 2";
    expect(await warehouse.rows(sql)).toEqual([{ deploy_number: 2 }]);
  });

  it("a pull request whose bump came after that of a later one waits until its own deploy", async () => {
    await warehouse.given(
      ...[first, deploy(2, "2025-03-07T10:00:00Z"), deploy(3, "2025-03-08T10:00:00Z")].map(deployRows),
      shipmentRows(first, { 1: "m1" }),
      shipmentRows(deploy(2, "2025-03-07T10:00:00Z"), { 3: "m3" }),
      shipmentRows(deploy(3, "2025-03-08T10:00:00Z"), { 2: "m2" }),
      pull(1, "2025-03-06T09:00:00Z"),
      pull(2, "2025-03-07T09:00:00Z"),
      pull(3, "2025-03-07T09:30:00Z"),
    );
    expect(await backlog()).toEqual([
      { day: "2025-03-06", n: 0 },
      { day: "2025-03-07", n: 1 },
      { day: "2025-03-08", n: 0 },
      { day: "2025-03-09", n: 0 },
      { day: "2025-03-10", n: 0 },
    ]);
  });

  it("an app that has shipped no pull request has no row", async () => {
    await warehouse.given(deployRows(first), pull(1, "2025-03-06T09:00:00Z"));
    expect(await warehouse.rows("SELECT * FROM product_eng.undeployed_backlog_by_day")).toEqual([]);
  });
});
