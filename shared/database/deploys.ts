import { and, desc, eq, sql } from "drizzle-orm";
import type { FreightEvent } from "../events/freight-event.ts";
import type { Database, Transaction } from "./database.ts";
import { deploys } from "./schema.ts";

export type Deploy = typeof deploys.$inferSelect;
type Connection = Database | Transaction;

/** How far a deploy has come; what has ended does not change any more. */
const progress = { queued: 0, started: 1, finished: 2, failed: 2, canceled: 2 } as const;

/**
 * Writes down what Freight reports of a deploy, in whatever order its notifications arrive: an older status never overwrites a newer one,
 * and of two ends the one that was written down first stays.
 *
 * @returns the deploy as it is known now
 */
export async function saveDeploy(db: Connection, event: FreightEvent): Promise<Deploy> {
  const reported = {
    externalId: event.number,
    app: event.app,
    environment: event.environment,
    status: event.status,
    title: event.title,
    link: event.link,
    ref: event.ref,
    sha: event.sha,
    previousSha: event.previousSha,
    deployer: event.actor?.name ?? null,
    queuedAt: dateOf(event.createdAt),
    startedAt: dateOf(event.startedAt),
    finishedAt: dateOf(event.finishedAt),
    duration: event.duration,
  };
  const rank = (status: unknown) =>
    sql`CASE ${status} WHEN 'queued' THEN ${progress.queued} WHEN 'started' THEN ${progress.started} ELSE ${progress.finished} END`;
  await db
    .insert(deploys)
    .values(reported)
    .onConflictDoUpdate({
      target: [deploys.externalId, deploys.app, deploys.environment],
      set: { ...reported, updatedAt: sql`now()` },
      setWhere: sql`${rank(sql`excluded.status`)} > ${rank(deploys.status)}`,
    });
  const [deploy] = await db
    .select()
    .from(deploys)
    .where(
      and(
        eq(deploys.externalId, event.number),
        eq(deploys.app, event.app),
        eq(deploys.environment, event.environment),
      ),
    );
  if (!deploy) throw new Error(`The deploy ${event.subject} was not stored`);
  return deploy;
}

/** The last deploy that finished, of those that are known. */
export async function lastFinishedDeploy(
  db: Connection,
  { app, environment }: { app: string; environment: string },
): Promise<Deploy | undefined> {
  const found = await db
    .select()
    .from(deploys)
    .where(and(eq(deploys.app, app), eq(deploys.environment, environment), eq(deploys.status, "finished")))
    .orderBy(desc(deploys.finishedAt), desc(deploys.externalId))
    .limit(1);
  return found[0];
}

function dateOf(timestamp: string | null): Date | null {
  return timestamp === null ? null : new Date(timestamp);
}
