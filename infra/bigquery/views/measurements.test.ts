import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bootstrapRows, reportRows } from "../testing/example-rows.ts";
import { type FrozenWarehouse, startFrozenWarehouse } from "../testing/frozen-warehouse.ts";

let warehouse: FrozenWarehouse;
beforeAll(async () => {
  warehouse = await startFrozenWarehouse("2025-03-10T12:00:00Z");
});
afterAll(() => warehouse.stop());

const measure = (timestamp: string, value: number, more: object = {}, id?: string) =>
  reportRows(
    { type: "measurement", timestamp, data: { name: "docs-build", value, unit: "seconds", ...more } },
    id === undefined ? {} : { id },
  );

describe("measurements_by_day", () => {
  it("has the median, the extremes and the sum of a day, whatever order the reports arrive in", async () => {
    await warehouse.given(
      measure("2025-03-03T23:59:59Z", 4),
      measure("2025-03-03T00:00:00Z", 1),
      measure("2025-03-03T12:00:00Z", 10),
      measure("2025-03-04T00:00:00Z", 7),
    );
    expect(await warehouse.rows("SELECT * FROM product_eng.measurements_by_day ORDER BY day")).toEqual([
      expect.objectContaining({
        name: "docs-build",
        unit: "seconds",
        measurements: 3,
        value_min: 1,
        value_average: 5,
        value_p50: 4,
        value_p90: 8.8,
        value_max: 10,
        value_total: 15,
      }),
      expect.objectContaining({ measurements: 1, value_p50: 7, value_p90: 7 }),
    ]);
  });

  it("counts a repeated delivery once, and equal measurements of one report each", async () => {
    const twice = { name: "shard", value: 3 };
    const report = { type: "measurement", timestamp: "2025-03-03T10:00:00Z", data: [twice, twice] };
    await warehouse.given(
      reportRows(report, { id: "a" }),
      reportRows(report, { id: "a" }),
      reportRows(report, { id: "b" }),
    );
    const rows = await warehouse.rows(
      "SELECT measurements, unit, value_total FROM product_eng.measurements_by_day",
    );
    expect(rows).toEqual([{ measurements: 4, unit: null, value_total: 12 }]);
  });

  it("keeps units apart", async () => {
    const at = "2025-03-03T10:00:00Z";
    await warehouse.given(measure(at, 2), measure(at, 2000, { unit: "milliseconds" }));
    const rows = await warehouse.rows(
      "SELECT unit, value_p50 FROM product_eng.measurements_by_day ORDER BY unit",
    );
    expect(rows).toEqual([
      { unit: "milliseconds", value_p50: 2000 },
      { unit: "seconds", value_p50: 2 },
    ]);
  });

  it("can be grouped by a dimension in the deduplicated table", async () => {
    await warehouse.given(
      measure("2025-03-03T10:00:00Z", 2, { dimensions: { branch: "main", retried: false } }),
    );
    const branch =
      "JSON_VALUE(dimensions, '$.branch') AS branch, JSON_VALUE(dimensions, '$.retried') AS retried";
    expect(await warehouse.rows(`SELECT ${branch} FROM product_eng.measurements_deduplicated`)).toEqual([
      { branch: "main", retried: "false" },
    ]);
  });
});

describe("a report of", () => {
  it("a set-up ends one that the function bootstrap-dev-env saw start", async () => {
    await warehouse.given(
      bootstrapRows({ step: "start", name: "mira", received: "2025-03-03T10:00:00Z" }),
      reportRows({
        type: "bootstrap",
        timestamp: "2025-03-03T10:10:00Z",
        data: { event: "bootstrap_end", name: "mira" },
      }),
    );
    const rows = await warehouse.rows("SELECT status, duration_seconds FROM product_eng.bootstraps");
    expect(rows).toEqual([{ status: "ended", duration_seconds: 600 }]);
  });

  it("assets is a row of bundle_sizes for each", async () => {
    const asset = { commit: "6d225cb", file: "app.js", size: 100, entrypointName: "app", environment: "ci" };
    await warehouse.given(
      reportRows({
        type: "assets",
        timestamp: "2025-03-03T10:00:00Z",
        data: [asset, { ...asset, file: "app.css" }],
      }),
    );
    const rows = await warehouse.rows("SELECT file, size_bytes FROM product_eng.bundle_sizes ORDER BY file");
    expect(rows).toEqual([
      { file: "app.css", size_bytes: 100 },
      { file: "app.js", size_bytes: 100 },
    ]);
  });
});
