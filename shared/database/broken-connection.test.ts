import { connect as connectTo, createServer, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { listen } from "../../infra/emulators/lib/listen.ts";
import { withDatabase } from "../../test/support/with-database.ts";
import { database, disconnect, inTransaction } from "./database.ts";
import { processOnce } from "./process-once.ts";

withDatabase();

/** Between the pool and Postgres: its connections can be broken, or left without a response. */
const sockets = new Set<Socket>();
let isSilent = false;
const proxy = createServer((client) => {
  const { hostname, port } = new URL(direct);
  const server = connectTo(Number(port), hostname);
  for (const [from, to] of [
    [client, server],
    [server, client],
  ] as const) {
    sockets.add(from);
    from.on("data", (chunk) => !isSilent && to.write(chunk));
    from.on("error", () => {});
    from.on("close", () => {
      sockets.delete(from);
      to.destroy();
    });
  }
});
let direct = "";

beforeAll(async () => {
  direct = process.env.DATABASE_URL ?? "";
  const url = new URL(direct);
  url.host = `127.0.0.1:${await listen(proxy)}`;
  url.searchParams.set("query_timeout", "300");
  await disconnect();
  process.env.DATABASE_URL = url.href;
});
afterEach(() => {
  isSilent = false;
});
afterAll(async () => {
  await disconnect();
  process.env.DATABASE_URL = direct;
  proxy.close();
});

async function breakConnections() {
  for (const socket of sockets) socket.destroy();
  await sleep(50);
}

const key = (id: string) => ({ subscriber: "a-subscriber", event: { id }, lock: "a lock" });

it("a connection that breaks while the work waits fails the attempt only, and the next one succeeds", async () => {
  const lines = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const attempts: boolean[] = [];
  const deliver = (breaks: boolean) =>
    processOnce(key("breaks"), async ({ isRetry }) => {
      attempts.push(isRetry);
      if (breaks) await breakConnections();
    });
  await expect(deliver(true)).rejects.toThrow();
  await deliver(false);
  expect(attempts).toEqual([false, true]);
  expect(lines.mock.calls.join()).toContain("A connection to Postgres broke");
  lines.mockRestore();
});

it("an idle connection that breaks is replaced", async () => {
  await database().execute(sql`SELECT 1`);
  await breakConnections();
  expect((await database().execute(sql`SELECT 2 AS two`)).rows).toEqual([{ two: 2 }]);
});

it("the work's own error is thrown when the rollback fails as well", async () => {
  const attempt = inTransaction(async () => {
    await breakConnections();
    throw new Error("Slack does not respond");
  });
  await expect(attempt).rejects.toThrow("Slack does not respond");
});

it("a connection without a response is closed instead of used again", async () => {
  const started = Date.now();
  const attempt = inTransaction(async (tx) => {
    isSilent = true;
    await tx.execute(sql`SELECT 1`);
  });
  await expect(attempt).rejects.toMatchObject({ cause: { message: "Query read timeout" } });
  expect(Date.now() - started).toBeLessThan(2_000);
  isSilent = false;
  expect((await database().execute(sql`SELECT 2 AS two`)).rows).toEqual([{ two: 2 }]);
});
