import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEvents, SCHEMA } from "../testing/events-fixture.ts";
import { emulatorClient, withWarehouse } from "../testing/with-warehouse.ts";

const emulator = withWarehouse();

let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "warehouse-"));
});

afterAll(() => rm(dir, { recursive: true }));

describe("an emulator with a file", () => {
  it("keeps rows, views and descriptions over a restart", async () => {
    const file = join(dir, "restart", "warehouse.duckdb");
    await emulator.restart({ file });
    const table = await createEvents(emulator.bigquery);
    await table.insert({ id: 1 });
    await emulator.bigquery
      .dataset("eng")
      .createTable("ids", { view: "SELECT DATE(at) AS day, id FROM eng.events" });
    await emulator.restart({ file, port: Number(new URL(emulator.warehouse.url).port) });
    expect((await emulator.bigquery.query("SELECT * FROM eng.ids"))[0]).toEqual([{ day: null, id: 1 }]);
    expect((await table.getMetadata())[0].schema.fields[0]).toEqual(SCHEMA[0]);
  });

  it("keeps every acknowledged row when its process is killed", async () => {
    const file = join(dir, "kill", "warehouse.duckdb");
    const program = join(dir, "kill.mts");
    const start = JSON.stringify(new URL("../start.ts", import.meta.url).href);
    await writeFile(
      program,
      `const { startWarehouse } = await import(${start});
       process.send((await startWarehouse({ file: ${JSON.stringify(file)} })).url);`,
    );
    const child = fork(program, { execArgv: ["--import", import.meta.resolve("tsx")] });
    const [url] = await once(child, "message");
    const client = emulatorClient(String(url));
    const table = await createEvents(client);
    await table.insert([{ id: 1 }, { id: 2 }]);
    await client.dataset("eng").createTable("ids", { view: "SELECT DATE(at) AS day, id FROM eng.events" });
    child.kill("SIGKILL");
    await once(child, "exit");
    await emulator.restart({ file });
    expect(await emulator.warehouse.query("SELECT COUNT(*) AS c FROM eng.ids")).toEqual([{ c: 2 }]);
  });
});

describe("the developer's files", () => {
  it.each([
    ["COPY (SELECT 1) TO 'written-by-a-query.csv'"],
    ["SELECT content FROM read_text('package.json')"],
    ["SELECT * FROM read_csv('package.json')"],
    ["ATTACH 'another.duckdb' AS other"],
    ["INSTALL httpfs"],
    ["SET enable_external_access = true; SELECT content FROM read_text('package.json')"],
  ])("are out of reach of %s", async (query) => {
    await expect(emulator.bigquery.query(query)).rejects.toMatchObject({ code: 400 });
    expect(existsSync("written-by-a-query.csv")).toBe(false);
  });
});
