import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { BigQuery } from "@google-cloud/bigquery";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startWarehouse } from "../../infra/emulators/bigquery/start.ts";
import { listen } from "../../infra/emulators/lib/listen.ts";
import { RowsRejectedError, RowWriter, type TableRow } from "./row-writer.ts";

let warehouse: Awaited<ReturnType<typeof startWarehouse>>;
let counter: Awaited<ReturnType<typeof countInserts>>;
let bigquery: BigQuery;
let table: string;
let count = 0;
/** Whether the proxy responds to an insert as BigQuery does to a request that is too large. */
let refuse: ((body: string) => boolean) | undefined;

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
  refuse = undefined;
  table = `t${++count}`;
  await bigquery.dataset("d").createTable(table, {
    schema: [
      { name: "n", type: "INTEGER", mode: "REQUIRED" },
      { name: "text", type: "STRING" },
    ],
  });
});

/** A proxy between client and warehouse that counts the insertAll requests, and refuses some. */
async function countInserts(target: string) {
  let inserts = 0;
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    const isInsert = request.url?.includes("/insertAll") ?? false;
    if (isInsert) inserts++;
    if (isInsert && refuse?.(body.toString())) {
      const message = "Request payload size exceeds the limit: 10485760 bytes.";
      response.writeHead(400, { "content-type": "application/json" });
      response.end(
        JSON.stringify({ error: { code: 400, message, errors: [{ reason: "badRequest", message }] } }),
      );
      return;
    }
    const forward = httpRequest(
      `${target}${request.url}`,
      { method: request.method, headers: request.headers },
      (upstream) => {
        response.writeHead(upstream.statusCode ?? 500, upstream.headers);
        upstream.pipe(response);
      },
    );
    forward.end(body);
  });
  await listen(server);
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

  it("queues the 33,000 rows of a 5 MB webpack report in time that grows with their number, not its square", async () => {
    const writer = new RowWriter();
    /** Milliseconds that the call takes before anything is sent. */
    const queue = async (from: number, rows: number) => {
      const many = Array.from({ length: rows }, (_, n) => row(from + n));
      const began = performance.now();
      const written = writer.write(many);
      const took = performance.now() - began;
      await written;
      return took;
    };
    const few = Math.min(
      await queue(100_000, 3_300),
      await queue(200_000, 3_300),
      await queue(300_000, 3_300),
    );
    expect((await queue(0, 33_000)) / few).toBeLessThan(100);
    expect(await stored()).toHaveLength(33_000 + 3 * 3_300);
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

  it("rejects a row that exceeds the limit of a request and stores its neighbours", async () => {
    const writer = new RowWriter();
    const rows = [row(1), row(2, "x".repeat(10_600_000)), row(3)];
    const results = await Promise.allSettled(rows.map((one) => writer.write([one])));
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(await stored()).toEqual([1, 3]);
  });

  it("splits a request that BigQuery refuses as a whole until the culprit is alone", async () => {
    const writer = new RowWriter();
    refuse = (body) => body.includes("culprit");
    const texts = Array.from({ length: 9 }, (_, n) => (n === 5 ? "culprit" : ""));
    const results = await Promise.allSettled(texts.map((text, n) => writer.write([row(n, text)])));
    expect(results.flatMap(({ status }, n) => (status === "rejected" ? [n] : []))).toEqual([5]);
    expect(await stored()).toEqual([0, 1, 2, 3, 4, 6, 7, 8]);
  });

  it("sends rows with the same insertId once and settles all of them", async () => {
    const writer = new RowWriter();
    const same = await Promise.allSettled([1, 1, 2].map((n) => writer.write([row(n)])));
    const bad = await Promise.allSettled(["x", "x"].map((n) => writer.write([row(n)])));
    expect(same.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "fulfilled"]);
    expect(bad.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(await stored()).toEqual([1, 2]);
  });

  it("accepts an insertId of any length", async () => {
    await new RowWriter().write([{ ...row(1), insertId: "a".repeat(500) }]);
    expect(await stored()).toEqual([1]);
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

  it("names the hours of rows that it writes long after their receipt", async () => {
    await bigquery.dataset("d").createTable(`received${count}`, {
      schema: [{ name: "received_at", type: "TIMESTAMP" }],
    });
    const [late] = await bigquery.dataset("d").table("late_rows").exists();
    if (!late)
      await bigquery.dataset("d").createTable("late_rows", {
        schema: [
          { name: "table", type: "STRING" },
          { name: "received_hour", type: "TIMESTAMP" },
          { name: "written_at", type: "TIMESTAMP" },
        ],
      });
    const received = (at: string, id: string) => ({
      dataset: "d",
      table: `received${count}`,
      insertId: id,
      row: { received_at: at },
    });
    const writer = new RowWriter("d");
    await writer.write([
      received("2026-11-02T17:10:00Z", "a"),
      received("2026-11-02T17:50:00Z", "b"),
      received(new Date().toISOString(), "c"),
    ]);
    const hours = await warehouse.query(
      "SELECT t.table, received_hour, written_at > TIMESTAMP '2026-11-02T18:00:00Z' AS is_now FROM d.late_rows AS t",
    );
    expect(hours).toEqual([
      { table: `d.received${count}`, received_hour: "2026-11-02T17:00:00.000000Z", is_now: true },
    ]);
  });
});
