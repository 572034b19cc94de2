import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate as applyMigrations } from "drizzle-orm/node-postgres/migrator";
import pg from "pg";
import { connectionOptions } from "./connection-options.ts";

const migrationsFolder = fileURLToPath(new URL("migrations/", import.meta.url));

/**
 * Brings the database to the schema of this version; does nothing when it is there. Two at once wait for each other.
 *
 * @throws what Postgres answers; then none of the migrations that were missing is applied
 */
export async function migrate(env: Record<string, string | undefined> = process.env) {
  // One connection, and not the pool's: the lock belongs to it, and a migration may take longer than a statement of a function.
  const client = new pg.Client({ ...connectionOptions(env), statement_timeout: 0 });
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
