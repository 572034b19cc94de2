import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate as applyMigrations } from "drizzle-orm/node-postgres/migrator";
import pg from "pg";
import { connectionOptions } from "./connection-options.ts";

const migrationsFolder = fileURLToPath(new URL("migrations/", import.meta.url));

/**
 * Applies the migrations that the database does not have yet. Two concurrent calls wait for each other.
 *
 * @throws errors of Postgres; then none of the missing migrations is applied
 */
export async function migrate(env: Record<string, string | undefined> = process.env) {
  // Outside the pool: the lock belongs to one connection, and a migration may take longer than the pool's timeouts.
  const client = new pg.Client({ ...connectionOptions(env), statement_timeout: 0, query_timeout: 0 });
  await client.connect();
  try {
    const database = drizzle(client);
    await database.execute(sql`SELECT pg_advisory_lock(hashtextextended('ci-tooling migrations', 0))`);
    await applyMigrations(database, { migrationsFolder });
  } finally {
    // Ending the connection releases the lock.
    await client.end();
  }
}
