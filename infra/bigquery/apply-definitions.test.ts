import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BigQuery } from "@google-cloud/bigquery";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { startWarehouse, type Warehouse } from "../emulators/bigquery/start.ts";
import { emulatorClient } from "../emulators/bigquery/testing/events-fixture.ts";
import { createTables } from "./apply-definitions.ts";

let warehouse: Warehouse;
let bigquery: BigQuery;

beforeEach(async () => {
  warehouse = await startWarehouse();
  bigquery = emulatorClient(warehouse.url);
});

afterEach(async () => {
  await warehouse.stop();
  vi.unstubAllEnvs();
});

let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "warehouse-"));
});

afterAll(() => rm(dir, { recursive: true }));

describe("createTables", () => {
  it("creates a folder's definitions, adds columns later, and can run again", async () => {
    const folder = join(dir, "definitions");
    await mkdir(join(folder, "tables"), { recursive: true });
    await mkdir(join(folder, "views"));
    const fields = [{ name: "id", type: "INTEGER", mode: "REQUIRED", description: "the number" }];
    const writeTable = (): Promise<void> =>
      writeFile(
        join(folder, "tables/eng.t.json"),
        JSON.stringify({ description: "a table", schema: { fields } }),
      );
    await writeTable();
    await writeFile(join(folder, "views/eng.a.sql"), "-- Reads another\n-- view.\nSELECT * FROM eng.b\n");
    await writeFile(join(folder, "views/eng.b.sql"), "SELECT * FROM eng.t;\n");
    await createTables(bigquery, folder);
    await bigquery.dataset("eng").table("t").insert({ id: 1 });
    fields.push({ name: "extra", type: "STRING", mode: "NULLABLE", description: "more" });
    await writeTable();
    await createTables(bigquery, folder);
    await createTables(bigquery, folder);
    expect((await bigquery.query("SELECT * FROM eng.a"))[0]).toEqual([{ id: 1, extra: null }]);
    const [metadata] = await bigquery.dataset("eng").table("a").getMetadata();
    expect(metadata.description).toBe("Reads another\nview.");
    await writeFile(join(folder, "views/eng.c.sql"), "SELECT * FROM eng.nowhere");
    await expect(createTables(bigquery, folder)).rejects.toThrow("cannot create eng.c");
  });
});
