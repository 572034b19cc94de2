import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import pg from "pg";
import { log } from "../observability/log.ts";
import { connectionOptions } from "./connection-options.ts";
import * as schema from "./schema.ts";

/** Connections of one instance: an event holds one while it waits for its turn. */
const MAX_CONNECTIONS = 10;

export type Database = NodePgDatabase<typeof schema>;
/** A transaction; or the database itself, where it does not matter. */
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

let connected: { database: Database; pool: pg.Pool } | undefined;

/**
 * The database of this instance, connected when it is first used.
 *
 * @throws {ConfigurationError} when the environment does not say where it is
 */
export function database(): Database {
  connected ??= connect();
  return connected.database;
}

/** Ends all connections; the next call of `database` connects anew. */
export async function disconnect() {
  const pool = connected?.pool;
  connected = undefined;
  await pool?.end();
}

function connect() {
  const pool = new pg.Pool({ ...connectionOptions(process.env), max: MAX_CONNECTIONS });
  // An idle connection that breaks is replaced by the next query; unheard, its error would end the process.
  pool.on("error", (error) => log("WARNING", "A connection to Postgres broke", { error }));
  return { pool, database: drizzle(pool, { schema }) };
}
