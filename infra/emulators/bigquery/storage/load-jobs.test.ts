import { beforeEach, expect, it } from "vitest";
import { withWarehouse } from "../testing/with-warehouse.ts";

const emulator = withWarehouse();
beforeEach(async () => {
  await emulator.bigquery.createDataset("eng");
  await emulator.bigquery.dataset("eng").createTable("t", {
    schema: {
      fields: [
        { name: "id", type: "INTEGER", mode: "REQUIRED" },
        { name: "payload", type: "JSON" },
      ],
    },
  });
});

let uploads = 0;
/** Uploads a file as https://cloud.google.com/bigquery/docs/reference/api-uploads#multipart describes. */
async function load(lines: string[], { jobId = `load_${uploads++}`, type = "multipart/related" } = {}) {
  const job = {
    jobReference: { jobId },
    configuration: {
      load: {
        destinationTable: { datasetId: "eng", tableId: "t" },
        sourceFormat: "NEWLINE_DELIMITED_JSON",
      },
    },
  };
  const part = (mediaType: string, text: string) =>
    `--limit\r\nContent-Type: ${mediaType}\r\n\r\n${text}\r\n`;
  const response = await fetch(
    `${emulator.warehouse.url}/upload/bigquery/v2/projects/local/jobs?uploadType=multipart`,
    {
      method: "POST",
      headers: { "content-type": `${type}; boundary=limit` },
      body: `${part("application/json", JSON.stringify(job))}${part("application/octet-stream", lines.join("\n"))}--limit--`,
    },
  );
  const body = (await response.json()) as {
    status?: { errorResult?: { message: string } };
    statistics?: object;
    error?: { message: string };
  };
  return {
    status: response.status,
    problem: body.status?.errorResult?.message ?? body.error?.message,
    ...body.statistics,
  };
}
const rows = async () =>
  (await emulator.bigquery.query("SELECT id, JSON_VALUE(payload, '$.a') AS a FROM eng.t ORDER BY id"))[0];

it("a load appends its rows, with JSON values as JSON", async () => {
  expect(await load(['{"id": 1, "payload": {"a": "x\\n--b"}}', '{"id": 2}', ""])).toMatchObject({
    status: 200,
    load: { outputRows: "2" },
  });
  expect(await rows()).toEqual([
    { id: 1, a: "x\n--b" },
    { id: 2, a: null },
  ]);
});

it("a load with an invalid row stores none", async () => {
  expect((await load(['{"id": 3}', '{"payload": {}}'])).problem).toContain("row 2");
  expect((await load(['{"id": 3}', "no JSON"])).problem).toContain("not a JSON object");
  expect(await rows()).toEqual([]);
});

it("a job id is used once, and the job can be read", async () => {
  await load(['{"id": 4}'], { jobId: "load_4" });
  expect(await load(['{"id": 4}'], { jobId: "load_4" })).toMatchObject({
    status: 409,
    problem: expect.stringContaining("Already Exists"),
  });
  expect(await rows()).toHaveLength(1);
  const [job] = await emulator.bigquery.job("load_4").getMetadata();
  expect(job.status.state).toBe("DONE");
});

it("a form, which a page of another site can send without asking, is refused", async () => {
  expect((await load(['{"id": 5}'], { type: "multipart/form-data" })).status).toBe(400);
  expect(await rows()).toEqual([]);
});
