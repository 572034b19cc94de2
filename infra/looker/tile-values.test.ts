import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pullRequestEventRows } from "../bigquery/testing/example-github-rows.ts";
import { assetRows, deployRows, endedDeploy } from "../bigquery/testing/example-rows.ts";
import { type FrozenWarehouse, startFrozenWarehouse } from "../bigquery/testing/frozen-warehouse.ts";
import { runElement } from "../console/dashboards/run-element.ts";
import { readLookerProject } from "./read-project.ts";

const project = await readLookerProject(fileURLToPath(new URL(".", import.meta.url)));

let warehouse: FrozenWarehouse;
beforeAll(async () => {
  warehouse = await startFrozenWarehouse("2025-03-10T12:00:00Z");
});
afterAll(() => warehouse.stop());

/** Runs a tile over the first ten days of March 2025. */
async function rowsOf(dashboardName: string, tile: string): Promise<Record<string, unknown>[]> {
  const element = project.dashboards
    .find(({ dashboard }) => dashboard === dashboardName)
    ?.elements.find(({ name }) => name === tile);
  if (!element) throw new Error(`The dashboard ${dashboardName} has no tile ${tile}`);
  const period = { from: "2025-03-01", to: "2025-03-10" };
  const { rows, error } = await runElement(project, element, { periodName: "Period", period, fields: {} });
  expect(error).toBeUndefined();
  return rows;
}

describe("the dashboard of bundles", () => {
  it.each(["size_by_day", "entrypoints"])(
    "has in %s the latest build of each environment, and no average or largest one",
    async (name) => {
      const build = (received: string, environment: string, size: number) =>
        assetRows({ commit: received, received, environment, sizes: { "app.js": size } });
      await warehouse.given(
        build("2025-03-04T09:00:00Z", "ci", 2_253_000),
        build("2025-03-04T10:00:00Z", "profiling", 900_000),
        build("2025-03-04T11:00:00Z", "ci", 2_152_000),
      );
      const sizes = (await rowsOf("bundles", name)).map((row) => [
        row.environment,
        row.latest_size_kilobytes,
      ]);
      expect(sizes.sort()).toEqual([
        ["ci", 2152],
        ["profiling", 900],
      ]);
    },
  );

  it("adds a chunk of two entry points once, and no pull request that is not merged", async () => {
    const at = (hour: number) => `2025-03-04T${hour}:00:00Z`;
    const build = (entrypoint: string, commit: string, size: number, pullRequest?: number) =>
      assetRows({
        ...{ commit, entrypoint, received: at(pullRequest ? 11 : 10), sizes: { "vendors.js": size } },
        ...(pullRequest !== undefined && { pullRequest }),
      });
    await warehouse.given(
      ...["app", "pipeline"].flatMap((entrypoint) => [
        build(entrypoint, "base", 100_000),
        build(entrypoint, "head", 110_000, 7),
        build(entrypoint, "open", 190_000, 8),
      ]),
      pullRequestEventRows({ number: 7, headSha: "head", opened: at(10), merged: at(12), mergeCommit: "m7" }),
      pullRequestEventRows({ number: 8, headSha: "open", opened: at(10) }),
    );
    expect(await rowsOf("bundles", "differences_by_day")).toMatchObject([
      { built_date: "2025-03-04", total_difference_kilobytes: 10 },
    ]);
  });
});

describe("the dashboard of delivery", () => {
  it("interpolates between two recoveries, of 10 and 600 minutes, and shows their number", async () => {
    await warehouse.given(
      ...[
        endedDeploy(1, "a", "2025-03-03T10:00:00Z"),
        endedDeploy(2, "b", "2025-03-03T11:00:00Z"),
        endedDeploy(3, "a", "2025-03-03T11:10:00Z"),
        endedDeploy(4, "c", "2025-03-04T00:00:00Z"),
        endedDeploy(5, "a", "2025-03-04T10:00:00Z"),
        // A failed attempt is no recovery.
        endedDeploy(6, "d", "2025-03-05T10:00:00Z", "failed"),
        endedDeploy(7, "d", "2025-03-05T20:00:00Z"),
      ].map(deployRows),
    );
    expect(await rowsOf("delivery", "recovery_time")).toMatchObject([
      { recovery_minutes_p50: 305, recovery_minutes_n: 2 },
    ]);
    expect(await rowsOf("delivery", "recovery_time_by_week")).toMatchObject([
      { failed_week: "2025-03-03", recovery_minutes_p50: 305, recovery_minutes_p90: expect.closeTo(541) },
    ]);
  });

  it("has queueing and running in one unit: 146 seconds in the queue are 2.4 minutes", async () => {
    const queued = "2025-03-03T10:00:00Z";
    const deploy = {
      ...endedDeploy(1, "a", "2025-03-03T10:10:50Z"),
      queued,
      started: "2025-03-03T10:02:26Z",
    };
    await warehouse.given(deployRows(deploy));
    expect(await rowsOf("delivery", "pipeline_times")).toMatchObject([
      { queue_minutes_p90: expect.closeTo(146 / 60), run_minutes_p50: expect.closeTo(8.4) },
    ]);
  });
});
