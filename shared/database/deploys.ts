import { and, desc, eq, gt, inArray, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { FreightEvent } from "../events/freight-event.ts";
import type { Database, Transaction } from "./database.ts";
import { deploys } from "./schema.ts";

export type Deploy = typeof deploys.$inferSelect;
type Connection = Database | Transaction;

/** Freight counts deploys per app and environment. */
export interface Target {
  app: string;
  environment: string;
}

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
  const kept = (column: AnyPgColumn) => sql`coalesce(excluded.${sql.identifier(column.name)}, ${column})`;
  const rank = (status: unknown) =>
    sql`CASE ${status} WHEN 'queued' THEN ${progress.queued} WHEN 'started' THEN ${progress.started} ELSE ${progress.finished} END`;
  await db
    .insert(deploys)
    .values(reported)
    .onConflictDoUpdate({
      target: [deploys.externalId, deploys.app, deploys.environment],
      // What a later notification leaves out is still true.
      set: {
        status: event.status,
        title: event.title,
        link: kept(deploys.link),
        ref: kept(deploys.ref),
        sha: kept(deploys.sha),
        previousSha: kept(deploys.previousSha),
        deployer: kept(deploys.deployer),
        queuedAt: kept(deploys.queuedAt),
        startedAt: kept(deploys.startedAt),
        finishedAt: kept(deploys.finishedAt),
        duration: kept(deploys.duration),
        updatedAt: sql`now()`,
      },
      setWhere: sql`${rank(sql`excluded.status`)} > ${rank(deploys.status)}`,
    });
  const deploy = await knownDeploy(db, event);
  if (!deploy) throw new Error(`The deploy ${event.subject} was not stored`);
  return deploy;
}

/** A deploy as it is known now. @param number Freight's */
export async function knownDeploy(
  db: Connection,
  { number, ...target }: Target & { number: number },
): Promise<Deploy | undefined> {
  const found = await db
    .select()
    .from(deploys)
    .where(and(eq(deploys.externalId, number), to(target)));
  return found[0];
}

/** The last deploy that finished, of those that are known. */
export async function lastFinishedDeploy(db: Connection, target: Target): Promise<Deploy | undefined> {
  const found = await db
    .select()
    .from(deploys)
    .where(and(to(target), eq(deploys.status, "finished")))
    .orderBy(sql`${deploys.finishedAt} DESC NULLS LAST`, desc(deploys.externalId))
    .limit(1);
  return found[0];
}

/**
 * The deploys that are queued or started, newest first. One that is older than the last finished deploy is not among them:
 * Freight deploys one after the other, and its notification of how that one ended was lost.
 */
export async function deploysInProgress(db: Connection, target: Target): Promise<Deploy[]> {
  const last = await lastFinishedDeploy(db, target);
  return db
    .select()
    .from(deploys)
    .where(
      and(
        to(target),
        inArray(deploys.status, ["queued", "started"]),
        last && gt(deploys.externalId, last.externalId),
      ),
    )
    .orderBy(desc(deploys.externalId));
}

function to({ app, environment }: Target) {
  return and(eq(deploys.app, app), eq(deploys.environment, environment));
}

function dateOf(timestamp: string | null): Date | null {
  return timestamp === null ? null : new Date(timestamp);
}
