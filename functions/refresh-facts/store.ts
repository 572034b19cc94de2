import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { database, inTransaction } from "../../shared/database/database.ts";
import { factRefreshes } from "../../shared/database/schema.ts";

/** The only row. */
const WAREHOUSE = "facts";
/** Refreshed before anything was received. */
const BEGINNING = new Date("2000-01-01T00:00:00.000Z");

const span = z.object({ from: z.string(), until: z.string() });
const planned = z.object({
  received: z.array(span),
  changes: z.record(z.string(), z.array(z.number())),
});
const refresh = z.object({
  /** Part of the ids of its jobs. */
  id: z.string(),
  kind: z.enum(["refresh", "rebuild"]),
  /** Everything that was received before is in the facts. RFC 3339. */
  from: z.string(),
  /** When it began. RFC 3339. */
  until: z.string(),
  /** undefined before BigQuery told which days change. */
  planned: planned.optional(),
  /** Failed attempts by name of the statement. */
  failed: z.record(z.string(), z.number()).optional(),
});

/** A refresh in progress. */
export type Refresh = z.infer<typeof refresh>;
export type Planned = z.infer<typeof planned>;

/** Begins a refresh, or continues the one in progress, of whichever kind it is. */
export async function beginRefresh(now: Date, kind: Refresh["kind"]): Promise<Refresh> {
  return inTransaction(async (tx) => {
    await tx
      .insert(factRefreshes)
      .values({ warehouse: WAREHOUSE, refreshedUntil: BEGINNING })
      .onConflictDoNothing();
    const [row] = await tx
      .select()
      .from(factRefreshes)
      .where(eq(factRefreshes.warehouse, WAREHOUSE))
      .for("update");
    if (row?.current) return refresh.parse(row.current);
    const from = row?.refreshedUntil ?? BEGINNING;
    const begun: Refresh = {
      id: randomUUID().replaceAll("-", ""),
      kind,
      from: from.toISOString(),
      // The clock of another instance may be ahead.
      until: new Date(Math.max(now.getTime(), from.getTime())).toISOString(),
    };
    await tx.update(factRefreshes).set({ current: begun }).where(eq(factRefreshes.warehouse, WAREHOUSE));
    return begun;
  });
}

/**
 * Stores which days a refresh changes, if no other run has.
 * @returns what is stored; undefined if the refresh has ended
 */
export async function storeChanges(id: string, changes: Planned): Promise<Planned | undefined> {
  const stored = await changeCurrent(id, ({ planned = changes, ...rest }) => ({ ...rest, planned }));
  return stored?.planned;
}

/** Stores how many attempts at a statement have failed, so that no later run looks for their jobs. */
export async function storeFailure(id: string, name: string, attempts: number): Promise<void> {
  await changeCurrent(id, ({ failed = {}, ...rest }) => ({
    ...rest,
    failed: { ...failed, [name]: Math.max(failed[name] ?? 0, attempts) },
  }));
}

async function changeCurrent(
  id: string,
  change: (current: Refresh) => Refresh,
): Promise<Refresh | undefined> {
  return inTransaction(async (tx) => {
    const [row] = await tx.select().from(factRefreshes).where(isCurrent(id)).for("update");
    if (!row) return undefined;
    const current = change(refresh.parse(row.current));
    await tx.update(factRefreshes).set({ current }).where(isCurrent(id));
    return current;
  });
}

/** Ends a refresh, unless another run has ended it. */
export async function finishRefresh({ id, until }: Refresh): Promise<void> {
  await database()
    .update(factRefreshes)
    .set({ refreshedUntil: new Date(until), current: null })
    .where(isCurrent(id));
}

function isCurrent(id: string) {
  return and(eq(factRefreshes.warehouse, WAREHOUSE), sql`${factRefreshes.current}->>'id' = ${id}`);
}
