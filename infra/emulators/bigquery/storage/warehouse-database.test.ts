import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BigQuery } from "@google-cloud/bigquery";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { startWarehouse, type Warehouse } from "../start.ts";
import { createEvents, emulatorClient, SCHEMA } from "../testing/events-fixture.ts";

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

describe("a warehouse with a file", () => {
  it("has everything again after a restart", async () => {
    const file = join(dir, "restart", "warehouse.duckdb");
    await warehouse.stop();
    warehouse = await startWarehouse({ file });
    bigquery = emulatorClient(warehouse.url);
    const table = await createEvents(bigquery);
    await table.insert({ id: 1 });
    await bigquery.dataset("eng").createTable("ids", { view: "SELECT DATE(at) AS day, id FROM eng.events" });
    const { url } = warehouse;
    await warehouse.stop();
    warehouse = await startWarehouse({ file, port: Number(new URL(url).port) });
    expect((await bigquery.query("SELECT * FROM eng.ids"))[0]).toEqual([{ day: null, id: 1 }]);
    expect((await table.getMetadata())[0].schema.fields[0]).toEqual(SCHEMA[0]);
  });

  it("has every row that it acknowledged before it was killed", async () => {
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
    bigquery = emulatorClient(String(url));
    const table = await createEvents(bigquery);
    await table.insert([{ id: 1 }, { id: 2 }]);
    await bigquery.dataset("eng").createTable("ids", { view: "SELECT DATE(at) AS day, id FROM eng.events" });
    child.kill("SIGKILL");
    await once(child, "exit");
    await warehouse.stop();
    warehouse = await startWarehouse({ file });
    expect(await warehouse.query("SELECT COUNT(*) AS c FROM eng.ids")).toEqual([{ c: 2 }]);
  });
});
