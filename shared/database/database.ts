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

function connect() {
  const pool = new pg.Pool({ ...connectionOptions(process.env), max: MAX_CONNECTIONS });
  // The next query replaces an idle connection that broke. Without a listener, the error would end the process.
  pool.on("error", (error) => log("WARNING", "A connection to Postgres broke", { error }));
  return { pool, database: drizzle(pool, { schema }) };
}
