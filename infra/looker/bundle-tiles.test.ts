import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { assetRows } from "../bigquery/testing/example-rows.ts";
import { type FrozenWarehouse, startFrozenWarehouse } from "../bigquery/testing/frozen-warehouse.ts";
import { runElement } from "../console/dashboards/run-element.ts";
import { readLookerProject } from "./read-project.ts";

const project = await readLookerProject(fileURLToPath(new URL(".", import.meta.url)));

let warehouse: FrozenWarehouse;
beforeAll(async () => {
  warehouse = await startFrozenWarehouse("2025-03-10T12:00:00Z");
});
afterAll(() => warehouse.stop());

it.each(["size_by_day", "entrypoints"])(
  "the tile %s has the latest build of each environment, and no average or largest one",
  async (name) => {
    const build = (received: string, environment: string, size: number) =>
      assetRows({ commit: received, received, environment, sizes: { "app.js": size } });
    await warehouse.given(
      build("2025-03-04T09:00:00Z", "ci", 2_253_000),
      build("2025-03-04T10:00:00Z", "profiling", 900_000),
      build("2025-03-04T11:00:00Z", "ci", 2_152_000),
    );
    const element = project.dashboards
      .find(({ dashboard }) => dashboard === "bundles")
      ?.elements.find((each) => each.name === name);
    if (!element) throw new Error(`The dashboard has no tile ${name}`);
    const period = { from: "2025-03-01", to: "2025-03-10" };
    const { rows, error } = await runElement(project, element, { periodName: "Period", period, fields: {} });
    expect(error).toBeUndefined();
    const sizes = rows.map((row) => [row.environment, row.latest_size_kilobytes]);
    expect(sizes.sort()).toEqual([
      ["ci", 2152],
      ["profiling", 900],
    ]);
  },
);
