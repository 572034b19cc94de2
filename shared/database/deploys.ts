import { and, desc, eq, gt, inArray, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { FreightEvent } from "../events/event.ts";
import type { Connection } from "./database.ts";
import { deploys } from "./schema.ts";

export type Deploy = typeof deploys.$inferSelect;

/** Freight numbers deploys per app and environment. */
export interface Target {
  app: string;
  environment: string;
}

/** A deploy moves only to a higher value. The three last statuses are final. */
const progress = { queued: 0, started: 1, finished: 2, failed: 2, canceled: 2 } as const;

/**
 * Stores what Freight reports about a deploy. Notifications may arrive in any order: an earlier status never overwrites a later one, and
 * of two final statuses the first one stays.
 *
 * @returns the deploy as it is stored now
 */
export async function saveDeploy(db: Connection, event: FreightEvent): Promise<Deploy> {
  const values = {
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
    queuedAt: toDate(event.createdAt),
    startedAt: toDate(event.startedAt),
    finishedAt: toDate(event.finishedAt),
    duration: event.duration,
  };
  const keepIfMissing = (column: AnyPgColumn) =>
    sql`coalesce(excluded.${sql.identifier(column.name)}, ${column})`;
  const rank = (status: unknown) =>
    sql`CASE ${status} WHEN 'queued' THEN ${progress.queued} WHEN 'started' THEN ${progress.started} ELSE ${progress.finished} END`;
  await db
    .insert(deploys)
    .values(values)
    .onConflictDoUpdate({
      target: [deploys.externalId, deploys.app, deploys.environment],
      // A field that a later notification leaves out keeps its value.
      set: {
        status: event.status,
        title: event.title,
        link: keepIfMissing(deploys.link),
        ref: keepIfMissing(deploys.ref),
        sha: keepIfMissing(deploys.sha),
        previousSha: keepIfMissing(deploys.previousSha),
        deployer: keepIfMissing(deploys.deployer),
        queuedAt: keepIfMissing(deploys.queuedAt),
        startedAt: keepIfMissing(deploys.startedAt),
        finishedAt: keepIfMissing(deploys.finishedAt),
        duration: keepIfMissing(deploys.duration),
        updatedAt: sql`now()`,
      },
      setWhere: sql`${rank(sql`excluded.status`)} > ${rank(deploys.status)}`,
    });
  const deploy = await findDeploy(db, event);
  if (!deploy) throw new Error(`The deploy ${event.subject} was not stored`);
  return deploy;
}

/** @param number Freight's number of the deploy */
export async function findDeploy(
  db: Connection,
  { number, ...target }: Target & { number: number },
): Promise<Deploy | undefined> {
  const found = await db
    .select()
    .from(deploys)
    .where(and(eq(deploys.externalId, number), isFor(target)));
  return found[0];
}

/** The stored deploy that finished last. */
export async function lastFinishedDeploy(db: Connection, target: Target): Promise<Deploy | undefined> {
  const found = await db
    .select()
    .from(deploys)
    .where(and(isFor(target), eq(deploys.status, "finished")))
    .orderBy(sql`${deploys.finishedAt} DESC NULLS LAST`, desc(deploys.externalId))
    .limit(1);
  return found[0];
}

/**
 * The deploys that are queued or started, newest first. Freight deploys one at a time: if a deploy is older than the last finished one,
 * its final notification was lost, and it is left out.
 */
export async function deploysInProgress(db: Connection, target: Target): Promise<Deploy[]> {
  const last = await lastFinishedDeploy(db, target);
  return db
    .select()
    .from(deploys)
    .where(
      and(
        isFor(target),
        inArray(deploys.status, ["queued", "started"]),
        last && gt(deploys.externalId, last.externalId),
      ),
    )
    .orderBy(desc(deploys.externalId));
}

function isFor({ app, environment }: Target) {
  return and(eq(deploys.app, app), eq(deploys.environment, environment));
}

function toDate(timestamp: string | null): Date | null {
  return timestamp === null ? null : new Date(timestamp);
}
