import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { withWarehouse } from "../testing/with-warehouse.ts";

const emulator = withWarehouse();
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "load-"));
  await emulator.bigquery.createDataset("eng");
  await emulator.bigquery.dataset("eng").createTable("t", {
    schema: {
      fields: [
        { name: "id", type: "INTEGER", mode: "REQUIRED" },
        { name: "payload", type: "JSON" },
      ],
    },
    timePartitioning: { type: "DAY" },
  });
});
afterAll(() => rm(dir, { recursive: true }));

async function load(lines: string[], metadata: { jobId?: string } = {}) {
  const file = join(dir, "rows.json");
  await writeFile(file, lines.join("\n"));
  const [job] = await emulator.bigquery.dataset("eng").table("t").load(file, metadata);
  return job;
}
const rows = async () =>
  (await emulator.bigquery.query("SELECT id, JSON_VALUE(payload, '$.a') AS a FROM eng.t ORDER BY id"))[0];

it("a load appends its rows, with JSON values as JSON", async () => {
  const job = await load(['{"id": 1, "payload": {"a": "x\\n--b"}}', '{"id": 2}', ""]);
  expect(job.statistics?.load).toMatchObject({ outputRows: "2" });
  expect(await rows()).toEqual([
    { id: 1, a: "x\n--b" },
    { id: 2, a: null },
  ]);
});

it("a load with an invalid row stores none", async () => {
  await expect(load(['{"id": 3}', '{"payload": {}}'])).rejects.toThrow("row 2");
  await expect(load(['{"id": 3}', "no JSON"])).rejects.toThrow("not a JSON object");
  expect(await rows()).toHaveLength(2);
});

it("a job id is used once", async () => {
  await load(['{"id": 4}'], { jobId: "load_4" });
  await expect(load(['{"id": 4}'], { jobId: "load_4" })).rejects.toThrow("Already Exists");
  expect(await rows()).toHaveLength(3);
});
