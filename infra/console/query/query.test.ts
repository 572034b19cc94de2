import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { BigQuery } from "@google-cloud/bigquery";
import express from "express";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { startWarehouse } from "../../emulators/bigquery/start.ts";
import { LocalApi } from "../../local/api/local-api.ts";
import { sendJsonError } from "../send-json-error.ts";
import { addQueryEndpoint } from "./query-endpoint.ts";
import { queryRoutes } from "./routes.tsx";

let warehouse: Awaited<ReturnType<typeof startWarehouse>>;
let server: Server;
let url: string;
beforeAll(async () => {
  warehouse = await startWarehouse();
  vi.stubEnv("BIGQUERY_EMULATOR_HOST", `${warehouse.url}/bigquery/v2`);
  vi.stubEnv("GOOGLE_CLOUD_PROJECT", "local");
  const api = new LocalApi();
  addQueryEndpoint(api);
  const app = express().use(api.router).use("/_local", sendJsonError).use(queryRoutes());
  server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new BigQuery().query("CREATE SCHEMA d");
});
afterAll(async () => {
  server.close();
  await warehouse.stop();
  vi.unstubAllEnvs();
});
beforeEach(async () => {
  await new BigQuery().query("CREATE OR REPLACE TABLE d.t (n INT64)");
  await new BigQuery().query("INSERT INTO d.t (n) VALUES (1), (2)");
});

const count = async () => (await new BigQuery().query("SELECT COUNT(*) AS n FROM d.t"))[0][0].n;
const ask = (body: object | string) =>
  fetch(`${url}/_local/query`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
const submit = async (path: string, fields: Record<string, string>) => {
  const response = await fetch(`${url}${path}`, { method: "POST", body: new URLSearchParams(fields) });
  return { status: response.status, text: await response.text() };
};

const changes = [
  ["DELETE FROM d.t WHERE true", "DELETE"],
  ["UPDATE d.t SET n = 3 WHERE true", "UPDATE"],
  ["INSERT INTO d.t (n) VALUES (3)", "INSERT"],
  ["DROP TABLE d.t", "DROP_TABLE"],
  ["CREATE TABLE d.u (n INT64)", "CREATE_TABLE"],
  ["SELECT 1; DELETE FROM d.t WHERE true", "SCRIPT"],
  ["/* SELECT */ DELETE FROM d.t WHERE true", "DELETE"],
] as const;

it.each(changes)("%s does not run before it is confirmed", async (sql, type) => {
  const refused = await ask({ sql });
  expect([refused.status, await refused.json()]).toEqual([
    400,
    { error: `${type} changes the warehouse, so it has not run. Add "allowChanges": true to run it.` },
  ]);
  const page = await submit("/query", { sql });
  expect(page.status).toBe(409);
  expect(page.text).toContain(`${type} changes the warehouse, so it has not run.`);
  expect((await submit("/query.csv", { sql })).status).toBe(409);
  expect(await count()).toBe(2);
});

it.each(["SELECT n FROM d.t ORDER BY n", "WITH a AS (SELECT n FROM d.t) SELECT n FROM a ORDER BY n"])(
  "%s runs at once",
  async (sql) => {
    expect(await (await ask({ sql })).json()).toEqual({ rows: [{ n: 1 }, { n: 2 }] });
    expect((await submit("/query", { sql })).text).toContain("2 rows in");
  },
);

it("a confirmed statement runs, and the number of changed rows is shown", async () => {
  const page = await submit("/query", { sql: "DELETE FROM d.t WHERE n = 1", confirmed: "yes" });
  expect(page.text).toMatch(/DELETE changed 1 row in \d+ ms/);
  const response = await ask({ sql: "DELETE FROM d.t WHERE true", allowChanges: true });
  expect(await response.json()).toEqual({ rows: [], affectedRows: 1 });
  expect(await count()).toBe(0);
});

it.each([
  ["{ not JSON", /^The body is not JSON: /],
  [{ sql: 1 }, /^Send \{"sql": "SELECT …"\} as application\/json$/],
  [{ sql: "SELECT nothing FROM d.t" }, /nothing/],
])("%j gets a JSON error with the status 400", async (body, error) => {
  const response = await ask(body);
  expect([response.status, await response.json()]).toEqual([400, { error: expect.stringMatching(error) }]);
});
