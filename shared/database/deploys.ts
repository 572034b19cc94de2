import { isDeepStrictEqual } from "node:util";
import { and, desc, eq, inArray, lte, ne, or, sql } from "drizzle-orm";
import { isNewer, type Ordered } from "../deployments/is-newer.ts";
import type { Deployment } from "../events/deployment.ts";
import type { Event } from "../events/event.ts";
import type { Target } from "../organization/deployment-targets.ts";
import { type Connection, inTransaction, lock, type Transaction } from "./database.ts";
import { chooseAttempt, type DeployReport, type DeployState, mergeReport } from "./deploy-state.ts";
import { deploys } from "./schema.ts";

/** An attempt of a deployment, as it is stored. */
export interface Deploy extends DeployState, Ordered {
  /** Number of the row. */
  rowId: number;
  app: string;
  environment: string;
  begunAt: string;
}

/** Deployments in progress that are read: if a final report is lost, its deployment stays in progress. */
const MAX_IN_PROGRESS = 50;

/**
 * Stores what an event reports about a deployment, as `chooseAttempt` and `mergeReport` decide. Idempotent; events may arrive in any order.
 *
 * GitHub and GoCD do not name the commit that was live before. Then it is the one of the target's last finished deployment, as this
 * database has it: a source function has no state, and every subscriber has to read the same commit, so it is stored with the report.
 *
 * @returns the attempt as it is stored now
 */
export async function saveDeploy(event: Event, deployment: Deployment): Promise<Deploy> {
  const { source } = event;
  const { app, environment } = deployment;
  return inTransaction(async (tx) => {
    // Also orders a deployment and the one before it, whose last reports may arrive at the same time.
    await lock(tx, `deploys ${app} ${environment}`);
    const attempts = await readAttempts(tx, { source, ...deployment });
    const report = toReport(event, deployment);
    const index = chooseAttempt(attempts, report);
    const stored = attempts[index];
    const previousSha = await findPreviousSha(tx, source, report, stored);
    const state = mergeReport(stored, { ...report, previousSha }, index === 0);
    // A repeated report leaves the row as it is: deploy-ready compares what it read before it asked GitHub.
    if (stored && isUnchanged(stored, state)) return stored;
    if (stored) {
      const [row] = await tx
        .update(deploys)
        .set({ ...state, updatedAt: sql`now()` })
        .where(eq(deploys.id, stored.rowId))
        .returning();
      return toDeploy(row ?? missing(deployment));
    }
    const attempt = index + 1;
    const [row] = await tx
      .insert(deploys)
      .values({
        ...state,
        source,
        app,
        environment,
        deploymentId: deployment.id,
        attempt,
        number: deployment.number,
        externalId: source === "freight" && attempt === 1 ? deployment.number : null,
      })
      .returning();
    return toDeploy(row ?? missing(deployment));
  });
}

function isUnchanged(stored: Deploy, state: DeployState): boolean {
  return isDeepStrictEqual({ ...stored, ...state }, stored);
}

function missing({ app, environment, id }: Deployment): never {
  throw new Error(`The deployment ${app}/${environment}/${id} was not stored`);
}

function toReport(event: Event, deployment: Deployment): DeployReport {
  const [title, duration] = event.source === "freight" ? [event.title, event.duration] : ["", null];
  return { ...deployment, at: event.time, title, duration };
}

/** Freight names the commit that was live before, or none for the first deploy. */
async function findPreviousSha(
  tx: Transaction,
  source: string,
  report: DeployReport,
  stored: Deploy | undefined,
): Promise<string | null> {
  if (report.previousSha !== null || source === "freight") return report.previousSha;
  const [before] = await tx
    .select({ sha: deploys.sha })
    .from(deploys)
    .where(
      and(
        isFor([report]),
        eq(deploys.status, "finished"),
        lte(deploys.finishedAt, new Date(report.finishedAt ?? report.at)),
        stored && ne(deploys.id, stored.rowId),
      ),
    )
    .orderBy(desc(deploys.finishedAt), desc(deploys.id))
    .limit(1);
  return before?.sha ?? null;
}

/** The attempts of a deployment, in their order. */
export async function readAttempts(
  db: Connection,
  { source, id, ...target }: Target & { source: string; id: string },
): Promise<Deploy[]> {
  const rows = await db
    .select()
    .from(deploys)
    .where(
      and(
        eq(deploys.source, source),
        isFor([target]),
        sql`coalesce(${deploys.deploymentId}, ${deploys.externalId}::text) = ${id}`,
      ),
    )
    .orderBy(deploys.attempt);
  return rows.map(toDeploy);
}

/** @returns undefined if it was pruned */
export async function findDeploy(db: Connection, rowId: number): Promise<Deploy | undefined> {
  const rows = await db.select().from(deploys).where(eq(deploys.id, rowId));
  return rows.map(toDeploy)[0];
}

/** The stored deployment of any of the targets that finished last. */
export async function lastFinishedDeploy(db: Connection, targets: Target[]): Promise<Deploy | undefined> {
  const rows = await db
    .select()
    .from(deploys)
    .where(and(isFor(targets), eq(deploys.status, "finished")))
    .orderBy(
      sql`${deploys.finishedAt} DESC NULLS LAST`,
      sql`${deploys.number} DESC NULLS LAST`,
      desc(deploys.id),
    )
    .limit(1);
  return rows.map(toDeploy)[0];
}

/** The attempts of any of the targets that finished or failed, the one that ended last first. */
export async function lastEndedDeploys(db: Connection, targets: Target[], limit: number): Promise<Deploy[]> {
  const rows = await db
    .select()
    .from(deploys)
    .where(and(isFor(targets), inArray(deploys.status, ["finished", "failed"])))
    .orderBy(sql`${deploys.finishedAt} DESC NULLS LAST`, desc(deploys.id))
    .limit(limit);
  return rows.map(toDeploy);
}

/**
 * The deployments that are queued or started, newest first. If one is older than the last finished one, its final report was lost or its
 * tool was overtaken, and it is left out.
 */
export async function deploysInProgress(db: Connection, targets: Target[]): Promise<Deploy[]> {
  const last = await lastFinishedDeploy(db, targets);
  const rows = await db
    .select()
    .from(deploys)
    .where(and(isFor(targets), inArray(deploys.status, ["queued", "started"])))
    .orderBy(desc(deploys.id))
    .limit(MAX_IN_PROGRESS);
  return rows
    .map(toDeploy)
    .filter((deploy) => !last || isNewer(deploy, last))
    .sort((a, b) => (isNewer(a, b) ? -1 : isNewer(b, a) ? 1 : 0));
}

function isFor(targets: Target[]) {
  return (
    or(
      ...targets.map(({ app, environment }) =>
        and(eq(deploys.app, app), eq(deploys.environment, environment)),
      ),
    ) ?? sql`false`
  );
}

function toDeploy({
  id,
  deploymentId,
  externalId,
  number,
  createdAt,
  ...row
}: typeof deploys.$inferSelect): Deploy {
  const begun = row.queuedAt ?? row.startedAt ?? row.finishedAt ?? createdAt;
  return {
    ...row,
    rowId: id,
    id: deploymentId ?? String(externalId),
    number: number ?? externalId,
    begunAt: begun.toISOString(),
  };
}
