import { expect, it } from "vitest";
import { Catalog } from "./catalog.ts";
import { expirePartitions } from "./expire-partitions.ts";
import { WarehouseDatabase } from "./warehouse-database.ts";

it("a partition goes when its expiration, counted from its beginning, has passed", async () => {
  const database = await WarehouseDatabase.open();
  const catalog = await Catalog.load(database, "local");
  await catalog.createDataset({ datasetReference: { datasetId: "eng" } });
  const define = (tableId: string, timePartitioning?: object) =>
    catalog.createTable("eng", {
      tableReference: { tableId },
      schema: { fields: [{ name: "at", type: "TIMESTAMP" }] },
      timePartitioning,
    });
  await define("expires", { type: "DAY", field: "at", expirationMs: String(2 * 24 * 60 * 60_000) });
  await define("stays", { type: "DAY", field: "at" });
  const times = ["2026-11-08T00:00:00Z", "2026-11-08T23:59:59Z", "2026-11-09T00:00:00Z"];
  for (const table of ["expires", "stays"])
    await database.write((run) =>
      run(`INSERT INTO bigquery_storage.eng.${table} VALUES ${times.map((at) => `('${at}')`).join(", ")}`),
    );
  const count = async (table: string, now: string) => {
    await expirePartitions(database, catalog, new Date(now));
    return Number((await database.read(`SELECT count(*) FROM bigquery_storage.eng.${table}`)).rows[0]?.[0]);
  };
  expect(await count("expires", "2026-11-09T23:59:59Z")).toBe(3);
  expect(await count("expires", "2026-11-10T00:00:00Z")).toBe(1);
  expect(await count("expires", "2026-11-11T12:00:00Z")).toBe(0);
  expect(await count("stays", "2030-01-01T00:00:00Z")).toBe(3);
  await database.close();
});
