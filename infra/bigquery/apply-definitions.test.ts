import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withWarehouse } from "../emulators/bigquery/testing/with-warehouse.ts";
import { createTables } from "./apply-definitions.ts";
import { bigqueryDir } from "./definitions.ts";

const emulator = withWarehouse();

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
    await createTables(emulator.bigquery, folder);
    await emulator.bigquery.dataset("eng").table("t").insert({ id: 1 });
    fields.push({ name: "extra", type: "STRING", mode: "NULLABLE", description: "more" });
    await writeTable();
    await createTables(emulator.bigquery, folder);
    await createTables(emulator.bigquery, folder);
    expect((await emulator.bigquery.query("SELECT * FROM eng.a"))[0]).toEqual([{ id: 1, extra: null }]);
    const [metadata] = await emulator.bigquery.dataset("eng").table("a").getMetadata();
    expect(metadata.description).toBe("Reads another\nview.");
    await writeFile(join(folder, "views/eng.c.sql"), "SELECT * FROM eng.nowhere");
    await expect(createTables(emulator.bigquery, folder)).rejects.toThrow("cannot create eng.c");
  });

  it("gives partitions an expiration, and changes it", async () => {
    const folder = join(dir, "expiring");
    await mkdir(join(folder, "tables"), { recursive: true });
    const write = (
      expirationDays?: number,
      timePartitioning: object | undefined = { type: "DAY", field: "at" },
    ) =>
      writeFile(
        join(folder, "tables/old.t.json"),
        JSON.stringify({
          description: "a table",
          expirationDays,
          timePartitioning,
          schema: { fields: [{ name: "at", type: "TIMESTAMP" }] },
        }),
      );
    const expirationMs = async () => {
      await createTables(emulator.bigquery, folder);
      const [metadata] = await emulator.bigquery.dataset("old").table("t").getMetadata();
      return metadata.timePartitioning.expirationMs;
    };
    await write();
    expect(await expirationMs()).toBeUndefined();
    await write(2);
    expect(await expirationMs()).toBe("172800000");
    await write(3);
    expect(await expirationMs()).toBe("259200000");
    await write();
    expect(await expirationMs()).toBeUndefined();
    await writeFile(
      join(folder, "tables/old.t.json"),
      JSON.stringify({
        description: "a table",
        expirationDays: 1,
        schema: { fields: [{ name: "a", type: "STRING" }] },
      }),
    );
    await expect(createTables(emulator.bigquery, folder)).rejects.toThrow("needs timePartitioning");
  });

  it("replaces the table freight_to_pull_request by a view over deployment_changes, with the same rows", async () => {
    const { bigquery } = emulator;
    const string = (name: string) => ({ name, type: "STRING" });
    const integer = (name: string) => ({ name, type: "INTEGER" });
    const timestamp = (name: string) => ({ name, type: "TIMESTAMP" });
    await bigquery.createDataset("product_eng");
    const former = bigquery.dataset("product_eng").table("freight_to_pull_request");
    const columns = [integer("deploy_id"), integer("pull_request_number"), string("commit_sha")];
    await former.create({
      schema: {
        fields: [...columns, timestamp("authored_at"), string("event_id"), timestamp("received_at")],
      },
    });
    const shipped = { deploy_id: 13, pull_request_number: 7, commit_sha: "abc", event_id: "e" };
    await former.insert(shipped);
    const isView = async () => (await former.getMetadata())[0].type;
    expect(await isView()).toBe("TABLE");
    await createTables(bigquery, bigqueryDir);
    expect(await isView()).toBe("VIEW");
    // The view reads facts, which a refresh has not written yet.
    const columnsOf = "deployment_number AS deploy_id, pull_request_number, commit_sha, event_id";
    expect((await bigquery.query(`SELECT ${columnsOf} FROM product_eng.deployment_changes`))[0]).toEqual([
      shipped,
    ]);
    await createTables(bigquery, bigqueryDir);
    expect((await bigquery.query("SELECT COUNT(*) AS n FROM product_eng.deployment_changes"))[0]).toEqual([
      { n: 1 },
    ]);
  });
});
