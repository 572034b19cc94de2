import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { BigQuery } from "@google-cloud/bigquery";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startWarehouse } from "../../infra/emulators/bigquery/start.ts";
import { RowsRejectedError, RowWriter, type TableRow } from "./row-writer.ts";

let warehouse: Awaited<ReturnType<typeof startWarehouse>>;
let counter: Awaited<ReturnType<typeof countInserts>>;
let bigquery: BigQuery;
let table: string;
let count = 0;

beforeAll(async () => {
  warehouse = await startWarehouse({ deduplicationWindowMs: 0 });
  counter = await countInserts(warehouse.url);
  process.env.BIGQUERY_EMULATOR_HOST = `${counter.url}/bigquery/v2`;
  process.env.GOOGLE_CLOUD_PROJECT = "local";
  process.env.METADATA_SERVER_DETECTION = "none";
  bigquery = new BigQuery({ projectId: "local" });
  await bigquery.createDataset("d");
});
afterAll(async () => {
  counter.stop();
  await warehouse.stop();
});
beforeEach(async () => {
  table = `t${++count}`;
  await bigquery.dataset("d").createTable(table, {
    schema: [
      { name: "n", type: "INTEGER", mode: "REQUIRED" },
      { name: "text", type: "STRING" },
    ],
  });
});

/** A proxy between client and warehouse that counts the insertAll requests. */
async function countInserts(target: string) {
  let inserts = 0;
  const server = createServer((request, response) => {
    if (request.url?.includes("/insertAll")) inserts++;
    const forward = httpRequest(
      `${target}${request.url}`,
      { method: request.method, headers: request.headers },
      (upstream) => {
        response.writeHead(upstream.statusCode ?? 500, upstream.headers);
        upstream.pipe(response);
      },
    );
    request.pipe(forward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url, stop, inserts: () => inserts };
}

function row(n: unknown, text = ""): TableRow {
  return { dataset: "d", table, insertId: `${table} ${String(n)}`, row: { n, text } };
}

async function stored(): Promise<unknown[]> {
  const rows = await warehouse.query(`SELECT n FROM d.${table} ORDER BY n`);
  return rows.map(({ n }) => n);
}

describe("the row writer", () => {
  it("sends the rows of concurrent events in one request", async () => {
    const writer = new RowWriter();
    const before = counter.inserts();
    await Promise.all(Array.from({ length: 50 }, (_, n) => writer.write([row(n)])));
    expect(counter.inserts() - before).toBe(1);
    expect(await stored()).toEqual(Array.from({ length: 50 }, (_, n) => n));
  });

  it("splits rows that exceed the limits of one request", async () => {
    const writer = new RowWriter();
    const large = "x".repeat(2_000_000);
    await writer.write(Array.from({ length: 12 }, (_, n) => row(n, large)));
    await writer.write(Array.from({ length: 1200 }, (_, n) => row(n + 100)));
    expect(await stored()).toHaveLength(1212);
  });

  it("rejects only the rows that BigQuery rejected, and names them", async () => {
    const writer = new RowWriter();
    const results = await Promise.allSettled([
      writer.write([row(1)]),
      writer.write([row(2), row("two")]),
      writer.write([row(3)]),
    ]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    const reason = (results[1] as PromiseRejectedResult).reason;
    expect(reason).toBeInstanceOf(RowsRejectedError);
    expect(reason.message).toContain(`row ${table} two of d.${table}`);
    expect(await stored()).toEqual([1, 2, 3]);
  });

  it("fails for a missing table and stores later rows of another table", async () => {
    const writer = new RowWriter();
    await expect(writer.write([{ ...row(1), table: "missing" }])).rejects.toMatchObject({ code: 404 });
    await writer.write([row(1)]);
    expect(await stored()).toEqual([1]);
  });

  it("accepts an empty list", async () => {
    await new RowWriter().write([]);
    expect(await stored()).toEqual([]);
  });
});
