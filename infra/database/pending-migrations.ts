import { readFile } from "node:fs/promises";
import pg from "pg";
import { z } from "zod";
import { connectionOptions } from "../../shared/database/connection-options.ts";

const journal = z.object({ entries: z.array(z.object({ tag: z.string(), when: z.number() })) });
/** Postgres's error code undefined_table, https://www.postgresql.org/docs/current/errcodes-appendix.html */
const NO_TABLE = "42P01";

/** Names of this version's migrations that the database lacks, in the order in which they run. */
export async function pendingMigrations(
  env: Record<string, string | undefined> = process.env,
): Promise<string[]> {
  const file = new URL("../../shared/database/migrations/meta/_journal.json", import.meta.url);
  const { entries } = journal.parse(JSON.parse(await readFile(file, "utf8")));
  const client = new pg.Client(connectionOptions(env));
  await client.connect();
  try {
    const last = await lastApplied(client);
    return entries.filter(({ when }) => when > last).map(({ tag }) => tag);
  } finally {
    await client.end();
  }
}

/** Timestamp of the newest applied migration, from the table that drizzle's migrator keeps; 0 for an empty database. */
async function lastApplied(client: pg.Client): Promise<number> {
  try {
    const { rows } = await client.query(
      "SELECT max(created_at)::bigint AS last FROM drizzle.__drizzle_migrations",
    );
    return Number(rows[0]?.last ?? 0);
  } catch (error) {
    if ((error as { code?: string }).code === NO_TABLE) return 0;
    throw error;
  }
}
