import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningPostgres, startPostgres } from "./start.ts";

const dataDir = mkdtempSync(join(tmpdir(), "postgres-"));
let postgres: RunningPostgres;
beforeAll(async () => {
  postgres = await startPostgres({ dataDir });
  await query("CREATE TABLE counter (n int NOT NULL)");
  await query("INSERT INTO counter VALUES (0)");
});
afterAll(async () => {
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function connect(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: postgres.url });
  client.on("error", () => {});
  await client.connect();
  return client;
}

async function query(sql: string): Promise<unknown[]> {
  const client = await connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows;
}

describe("the PostgreSQL emulator", () => {
  it("gives each connection the results of its own statements", async () => {
    const clients = await Promise.all(Array.from({ length: 8 }, connect));
    const sums = await Promise.all(
      clients.flatMap((client, n) =>
        Array.from({ length: 20 }, async (_, m) => {
          const { rows } = await client.query("SELECT $1::int * 100 + $2::int AS sum", [n, m]);
          return rows[0].sum === n * 100 + m;
        }),
      ),
    );
    expect(sums.every(Boolean)).toBe(true);
    for (const client of clients) await client.end();
  });

  it("runs transactions one after the other, failed ones too", async () => {
    const clients = await Promise.all(Array.from({ length: 8 }, connect));
    await Promise.all(
      clients.map(async (client, n) => {
        await client.query("BEGIN");
        const { rows } = await client.query("SELECT n FROM counter");
        await client.query("UPDATE counter SET n = $1", [rows[0].n + 1]);
        if (n % 4 === 0) await expect(client.query("nonsense")).rejects.toMatchObject({ code: "42601" });
        await client.query(n % 4 === 0 ? "ROLLBACK" : "COMMIT");
      }),
    );
    for (const client of clients) await client.end();
    expect(await query("SELECT n FROM counter")).toEqual([{ n: 6 }]);
  });

  it("rolls back the open transaction of a connection that breaks", async () => {
    const client = await connect();
    await client.query("BEGIN");
    await client.query("UPDATE counter SET n = 1000");
    (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    expect(await query("SELECT n FROM counter")).toEqual([{ n: 6 }]);
  });

  it("keeps its rows over a restart", async () => {
    await postgres.stop();
    postgres = await startPostgres({ dataDir });
    expect(await query("SELECT n FROM counter")).toEqual([{ n: 6 }]);
  });
});
