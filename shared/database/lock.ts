import { sql } from "drizzle-orm";
import type { Transaction } from "./database.ts";

/** Waits until no other transaction holds the lock of this name, and holds it to the end of this one. */
export async function lock(tx: Transaction, name: string) {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
}
