import { BigQuery } from "@google-cloud/bigquery";
import { describe, expect, it } from "vitest";
import { createEvents, SCHEMA } from "./testing/events-fixture.ts";
import { withWarehouse } from "./testing/with-warehouse.ts";

const emulator = withWarehouse();

describe("tables", () => {
  it("keep their description, labels, partitioning and clustering", async () => {
    await emulator.bigquery.createDataset("eng", { labels: { team: "dev" } });
    const description = {
      description: "all events",
      timePartitioning: { type: "DAY", field: "at" },
      clustering: { fields: ["id"] },
      labels: { a: "b" },
    };
    const [table] = await emulator.bigquery
      .dataset("eng")
      .createTable("events", { schema: SCHEMA, ...description });
    const [metadata] = await table.getMetadata();
    expect(metadata).toMatchObject({ ...description, type: "TABLE", numRows: "0" });
    expect(metadata.schema.fields[0]).toEqual(SCHEMA[0]);
    expect((await emulator.bigquery.dataset("eng").getMetadata())[0]).toMatchObject({
      labels: { team: "dev" },
    });
    expect((await emulator.bigquery.getDatasets())[0].map(({ id }) => id)).toEqual(["eng"]);
    expect((await emulator.bigquery.dataset("eng").getTables())[0].map(({ id }) => id)).toEqual(["events"]);
  });

  it("gain columns and keep their rows; a column cannot be removed", async () => {
    const table = await createEvents(emulator.bigquery);
    await table.insert({ id: 1 });
    await table.setMetadata({ schema: { fields: [...SCHEMA, { name: "extra", type: "STRING" }] } });
    await table.insert({ id: 2, extra: "x" });
    expect((await emulator.bigquery.query("SELECT id, extra FROM eng.events ORDER BY id"))[0]).toEqual([
      { id: 1, extra: null },
      { id: 2, extra: "x" },
    ]);
    await expect(
      table.setMetadata({ schema: { fields: [{ name: "id", type: "INTEGER" }] } }),
    ).rejects.toThrow("field entrypointName is missing");
  });

  it("can be deleted; a dataset must be empty or deleted with its contents", async () => {
    const table = await createEvents(emulator.bigquery);
    await expect(emulator.bigquery.dataset("eng").delete()).rejects.toMatchObject({ code: 400 });
    await table.delete();
    expect(await table.exists()).toEqual([false]);
    await emulator.bigquery.dataset("eng").delete({ force: true });
    expect(await emulator.bigquery.dataset("eng").exists()).toEqual([false]);
  });
});

describe("a job", () => {
  it("runs once per id, also while it runs", async () => {
    await createEvents(emulator.bigquery);
    const insert = { query: "INSERT INTO eng.events (id) VALUES (1)", jobId: "once", location: "US" };
    const results = await Promise.allSettled([1, 2, 3].map(() => emulator.bigquery.createQueryJob(insert)));
    const refused = results.filter((result) => result.status === "rejected");
    expect(refused.map(({ reason }) => reason.code)).toEqual([409, 409]);
    await emulator.bigquery.job("once", { location: "US" }).getQueryResults();
    expect((await emulator.bigquery.query("SELECT COUNT(*) AS n FROM eng.events"))[0]).toEqual([{ n: 1 }]);
  });
});

describe("queries", () => {
  it("take parameters by name and by position", async () => {
    const query = "SELECT @n AS n, @s AS s, @at AS at, @list AS list, @who.login AS login, @none AS none";
    const at = BigQuery.timestamp("2024-03-05T06:07:08.123456Z");
    const params = { n: 5, s: "it's", at, list: ["a", "b"], who: { login: "x" }, none: null };
    const [[row]] = await emulator.bigquery.query({ query, params, types: { none: "STRING" } });
    expect(row).toMatchObject({
      n: 5,
      s: "it's",
      at: { value: at.value },
      list: ["a", "b"],
      login: "x",
      none: null,
    });
    const [rows] = await emulator.bigquery.query({
      query: "SELECT ? AS a, '?' AS q, ? AS b -- ?",
      params: [1.5, "y"],
    });
    expect(rows).toEqual([{ a: 1.5, q: "?", b: "y" }]);
  });

  it("have BigQuery's types", async () => {
    const [job] = await emulator.bigquery.createQueryJob(
      "SELECT 1 AS i, 1.5 AS f, NUMERIC '2.50' AS n, TRUE AS b, b'ab' AS bytes, DATE '2024-01-02' AS d, " +
        "DATETIME '2024-01-02 03:04:05' AS dt, JSON '{\"a\":1}' AS j, [1, 2] AS list, CAST(NULL AS STRING) AS nothing",
    );
    const [rows, , response] = await job.getQueryResults();
    expect(response?.schema?.fields?.map(({ name, type, mode }) => [name, type, mode])).toEqual([
      ["i", "INTEGER", "NULLABLE"],
      ["f", "FLOAT", "NULLABLE"],
      ["n", "NUMERIC", "NULLABLE"],
      ["b", "BOOLEAN", "NULLABLE"],
      ["bytes", "BYTES", "NULLABLE"],
      ["d", "DATE", "NULLABLE"],
      ["dt", "DATETIME", "NULLABLE"],
      ["j", "JSON", "NULLABLE"],
      ["list", "INTEGER", "REPEATED"],
      ["nothing", "STRING", "NULLABLE"],
    ]);
    expect(rows[0]).toMatchObject({
      ...{ i: 1, f: 1.5, b: true, bytes: Buffer.from("ab"), d: { value: "2024-01-02" } },
      ...{ dt: { value: "2024-01-02T03:04:05" }, j: '{"a":1}', list: [1, 2], nothing: null },
    });
    expect(String(rows[0].n)).toBe("2.5");
  });

  it("return their rows in pages", async () => {
    const [job] = await emulator.bigquery.createQueryJob(
      "SELECT n FROM UNNEST(GENERATE_ARRAY(1, 25)) AS n ORDER BY n",
    );
    const pages: number[][] = [];
    for (let next: object | null | undefined = { maxResults: 10 }; next; ) {
      const [rows, following]: [{ n: number }[], (object | null)?, ...unknown[]] = await job.getQueryResults({
        ...next,
        autoPaginate: false,
      });
      pages.push(rows.map(({ n }) => n));
      next = following;
    }
    expect(pages.map(({ length }) => length)).toEqual([10, 10, 5]);
    expect(pages.flat()).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
  });

  it("read a table in pages", async () => {
    const table = await createEvents(emulator.bigquery);
    await table.insert(Array.from({ length: 25 }, (_, id) => ({ id })));
    const [first, next] = await table.getRows({ maxResults: 20, autoPaginate: false });
    const [second] = await table.getRows({ ...next, autoPaginate: false });
    const ids = new Set([...first, ...second].map(({ id }: { id: number }) => id));
    expect([first.length, second.length, ids.size]).toEqual([20, 5, 25]);
  });

  it("read views, which keep their GoogleSQL", async () => {
    const table = await createEvents(emulator.bigquery);
    await table.insert({ id: 1, at: "2024-03-05T06:00:00Z" });
    const query = "SELECT * FROM `local.eng.events` WHERE DATE(at) = '2024-03-05'";
    const [view] = await emulator.bigquery
      .dataset("eng")
      .createTable("march", { view: { query, useLegacySql: false } });
    expect((await view.getMetadata())[0]).toMatchObject({ type: "VIEW", view: { query } });
    await table.setMetadata({ schema: { fields: [...SCHEMA, { name: "extra", type: "STRING" }] } });
    expect((await emulator.bigquery.query("SELECT id, extra FROM eng.march"))[0]).toEqual([
      { id: 1, extra: null },
    ]);
  });

  it("report the number of changed rows and appear in the list of jobs", async () => {
    const table = await createEvents(emulator.bigquery);
    await table.insert([{ id: 1 }, { id: 2 }]);
    const [job] = await emulator.bigquery.createQueryJob(
      "UPDATE eng.events SET entrypointName = 'x' WHERE TRUE",
    );
    await job.getQueryResults();
    const [metadata] = await job.getMetadata();
    expect(metadata.statistics.query).toMatchObject({ statementType: "UPDATE", numDmlAffectedRows: "2" });
    expect((await emulator.bigquery.getJobs())[0][0]?.id).toBe(job.id);
    expect((await job.cancel())[0].job?.status?.state).toBe("DONE");
  });
});

describe("errors", () => {
  it.each<[what: string, act: () => Promise<unknown>, code: number, reason: string]>([
    ["a missing table", () => emulator.bigquery.query("SELECT * FROM eng.nope"), 404, "notFound"],
    ["a missing dataset", () => emulator.bigquery.query("SELECT * FROM nope.nope"), 404, "notFound"],
    [
      "a table of another project",
      () => emulator.bigquery.query("SELECT * FROM `my-project.eng.events`"),
      403,
      "accessDenied",
    ],
    [
      "a change of a table of another project",
      () => emulator.bigquery.query("DELETE FROM other.eng.events WHERE TRUE"),
      403,
      "accessDenied",
    ],
    [
      "an insert into a missing table",
      () => emulator.bigquery.dataset("eng").table("nope").insert({ a: 1 }),
      404,
      "notFound",
    ],
    ["a dataset that exists", () => emulator.bigquery.createDataset("eng"), 409, "duplicate"],
    [
      "a table that exists",
      () => emulator.bigquery.dataset("eng").createTable("events", { schema: SCHEMA }),
      409,
      "duplicate",
    ],
    ["a syntax error", () => emulator.bigquery.query("SELECT FROM WHERE"), 400, "invalidQuery"],
    ["an unknown column", () => emulator.bigquery.query("SELECT nope FROM eng.events"), 400, "invalidQuery"],
    ["a missing job", () => emulator.bigquery.job("nope").getMetadata(), 404, "notFound"],
  ])("%s has BigQuery's status and reason", async (_what, act, code, reason) => {
    await createEvents(emulator.bigquery);
    await expect(act()).rejects.toMatchObject({ code, errors: [{ reason, domain: "global" }] });
  });
});

describe("requests over HTTP", () => {
  it.each<[name: string, path: string, body: object | undefined, code: number, error: object]>([
    [
      "an insert without rows",
      "datasets/eng/tables/events/insertAll",
      { rows: [] },
      400,
      { errors: [{ reason: "invalid" }], message: "No rows present in the request." },
    ],
    [
      "a load job without its file",
      "jobs",
      { configuration: { load: {} } },
      400,
      {
        errors: [{ reason: "invalid" }],
        message: "The BigQuery emulator runs query jobs, and load jobs whose file is uploaded with them",
      },
    ],
    [
      "a table with an unknown type",
      "datasets/eng/tables",
      { tableReference: { tableId: "t" }, schema: { fields: [{ name: "a", type: "NOPE" }] } },
      400,
      { errors: [{ reason: "invalid" }], status: "INVALID_ARGUMENT" },
    ],
    [
      "a dataset with the catalog's name",
      "datasets",
      { datasetReference: { datasetId: "warehouse_catalog" } },
      400,
      { errors: [{ reason: "invalid" }] },
    ],
    [
      "a page token that is no number",
      "jobs?pageToken=x",
      undefined,
      400,
      { errors: [{ reason: "invalid" }] },
    ],
    [
      "a method that is not emulated",
      "datasets/eng/routines",
      undefined,
      404,
      { errors: [{ reason: "notFound" }], status: "NOT_FOUND" },
    ],
  ])("%s is refused", async (_name, path, body, code, error) => {
    await createEvents(emulator.bigquery);
    const response = await fetch(`${emulator.warehouse.url}/bigquery/v2/projects/local/${path}`, {
      ...(body && { method: "POST", body: JSON.stringify(body) }),
      headers: { "content-type": "application/json" },
    });
    expect(response.status).toBe(code);
    expect(await response.json()).toMatchObject({ error: { code, ...error } });
  });

  it("a job id can be used once", async () => {
    const insertJob = () =>
      fetch(`${emulator.warehouse.url}/bigquery/v2/projects/local/jobs`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({
          jobReference: { jobId: "same" },
          configuration: { query: { query: "SELECT 1" } },
        }),
      });
    expect((await insertJob()).status).toBe(200);
    const again = await insertJob();
    expect(again.status).toBe(409);
    expect(await again.json()).toMatchObject({
      error: { errors: [{ reason: "duplicate" }], status: "ALREADY_EXISTS" },
    });
  });

  it("an added column cannot be required", async () => {
    const table = await createEvents(emulator.bigquery);
    const extra = { name: "extra", type: "STRING", mode: "REQUIRED" };
    await expect(table.setMetadata({ schema: { fields: [...SCHEMA, extra] } })).rejects.toThrow(
      "Cannot add required fields to an existing schema",
    );
  });
});

it("queries have the present that the warehouse is started with", async () => {
  await emulator.restart({ now: new Date("2025-03-12T12:30:00.250Z") });
  const columns = "CURRENT_TIMESTAMP() AS at, CURRENT_DATE() AS day, CURRENT_DATE('Asia/Tokyo') AS in_tokyo";
  const sql = `SELECT ${columns}, CURRENT_DATETIME() = DATETIME '2025-03-12 12:30:00.250' AS is_equal`;
  const present = [
    { at: "2025-03-12T12:30:00.250000Z", day: "2025-03-12", in_tokyo: "2025-03-12", is_equal: true },
  ];
  expect(await emulator.warehouse.query(sql)).toEqual(present);
  await emulator.warehouse.query(
    "CREATE SCHEMA d; CREATE VIEW d.present AS SELECT CURRENT_TIMESTAMP() AS at",
  );
  expect(await emulator.warehouse.query("SELECT at FROM d.present")).toEqual([{ at: present[0]?.at }]);
});
