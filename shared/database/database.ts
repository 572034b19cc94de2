import { sql } from "drizzle-orm";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import pg from "pg";
import { log } from "../observability/log.ts";
import { connectionOptions } from "./connection-options.ts";
import * as schema from "./schema.ts";

/** Connections per instance. An event holds one while it waits for a lock. */
const MAX_CONNECTIONS = 10;

export type Database = NodePgDatabase<typeof schema>;
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];
/** For queries that need no transaction, but may be part of one. */
export type Connection = Database | Transaction;

let connected: { database: Database; pool: pg.Pool } | undefined;

/**
 * Returns the database of this instance, and connects on the first use.
 *
 * @throws {ConfigurationError} if the environment has no address of it
 */
export function database(): Database {
  connected ??= connect();
  return connected.database;
}

/** Ends all connections. The next call of `database` connects again. */
export async function disconnect() {
  const pool = connected?.pool;
  connected = undefined;
  await pool?.end();
}

/**
 * Waits until no other transaction holds the lock of this name, and holds it until this transaction ends.
 * https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
 */
export async function lock(tx: Transaction, name: string) {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
}

/**
 * Waits until each transaction that holds one of these locks now has ended. Holds no lock while it waits for another one, so one slow
 * holder delays nobody else.
 */
export async function waitForLocks(names: string[]) {
  const busy = await inTransaction((tx) =>
    tx.execute<{ name: string }>(sql`
      SELECT name FROM unnest(${sql.param(names)}::text[]) AS name
      WHERE NOT pg_try_advisory_xact_lock(hashtextextended(name, 0))`),
  );
  for (const { name } of busy.rows) await inTransaction((tx) => lock(tx, name));
}

/**
 * Runs work in a transaction, which is rolled back if the work fails.
 *
 * @throws what the work throws, even if the connection broke and the rollback fails as well
 */
export async function inTransaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  const client = await pool().connect();
  let failure: { error: unknown } | undefined;
  let released = false;
  try {
    return await drizzle(client, { schema }).transaction(async (tx) => {
      try {
        return await work(tx);
      } catch (error) {
        failure = { error };
        if (isReadTimeout(error)) {
          // A rollback would wait behind the statement that has no response.
          released = true;
          client.release(true);
        }
        throw error;
      }
    });
  } catch (error) {
    throw failure ? failure.error : error;
  } finally {
    if (!released) client.release();
  }
}

/** Whether `query_timeout` passed without a response. node-postgres has no error code for it. */
function isReadTimeout(error: unknown): boolean {
  return error instanceof Error && (error.message === "Query read timeout" || isReadTimeout(error.cause));
}

function pool(): pg.Pool {
  connected ??= connect();
  return connected.pool;
}

function connect() {
  const pool = new pg.Pool({ ...connectionOptions(process.env), max: MAX_CONNECTIONS });
  // An EventEmitter's error without a listener ends the process. The pool listens to its idle connections only: a connection may also break
  // while a transaction waits for Slack or GitHub, https://node-postgres.com/apis/client#error
  pool.on("connect", (client) =>
    client.on("error", (error) => log("WARNING", "A connection to Postgres broke", { error })),
  );
  // The listener above has logged the error of an idle connection. The next query replaces the connection.
  pool.on("error", () => {});
  return { pool, database: drizzle(pool, { schema }) };
}
