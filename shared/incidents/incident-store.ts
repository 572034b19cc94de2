import { isDeepStrictEqual } from "node:util";
import { and, desc, eq, isNotNull, or, sql } from "drizzle-orm";
import { z } from "zod";
import type { Connection, Transaction } from "../database/database.ts";
import { deploys, incidents } from "../database/schema.ts";
import { log } from "../observability/log.ts";
import type { Target } from "../organization/deployment-targets.ts";
import type { MessageRef } from "../slack/slack-message.ts";
import { type IncidentState, incidentState, type LinkedDeployment } from "./incident-state.ts";

/** Identifies an incident: the sender's id is unique with the source. */
export interface IncidentKey {
  source: string;
  id: string;
}

export interface StoredIncident extends IncidentKey {
  state: IncidentState;
  /** Counts the changes of `state`, from 1. */
  version: number;
  /** null until Slack confirms the message. `channel` is as configured until then. */
  ts: string | null;
  channel: string | null;
  /** Version that the message shows. */
  shownVersion: number | null;
  /** The event that causes the message: its metadata contain the id. null: no message. */
  messageEventId: string | null;
  messageReceivedAt: Date | null;
  /** When the state last changed. */
  updatedAt: Date;
}

/** Deployments that an incident may name: of a service that deploys fifty times a day, those of ten days. */
const MAX_DEPLOYMENTS = 500;

/** Name of the lock under which an incident is read and changed. */
export function incidentLock({ source, id }: IncidentKey): string {
  return `incident ${source} ${id}`;
}

/** @returns undefined for an unknown incident, and for one that does not match the schema */
export async function readIncident(
  db: Connection,
  { source, id }: IncidentKey,
): Promise<StoredIncident | undefined> {
  const [row] = await db
    .select()
    .from(incidents)
    .where(and(eq(incidents.source, source), eq(incidents.incidentId, id)));
  if (!row) return undefined;
  const parsed = incidentState.safeParse(row.state);
  if (parsed.success) return { ...row, id: row.incidentId, state: parsed.data };
  const issues = z.prettifyError(parsed.error);
  log("ERROR", "A stored incident does not match its schema; it is read anew", { source, id, issues });
  return undefined;
}

/** Stores a state, under the lock of the incident. A state that is stored already is not counted as a change. */
export async function saveIncident(
  tx: Transaction,
  { source, id }: IncidentKey,
  stored: StoredIncident | undefined,
  state: IncidentState,
) {
  if (stored && isDeepStrictEqual(stored.state, state)) return;
  await tx
    .insert(incidents)
    .values({ source, incidentId: id, state, version: 1 })
    .onConflictDoUpdate({
      target: [incidents.source, incidents.incidentId],
      set: { state, version: sql`${incidents.version} + 1`, updatedAt: sql`now()` },
    });
}

/** Stores that an event causes a message, before it is posted. */
export async function planMessage(
  tx: Transaction,
  { source, id }: IncidentKey,
  { channel, event }: { channel: string; event: { id: string; receivedAt: string } },
) {
  await tx
    .update(incidents)
    .set({ channel, messageEventId: event.id, messageReceivedAt: new Date(event.receivedAt) })
    .where(and(eq(incidents.source, source), eq(incidents.incidentId, id)));
}

/** Stores where the message is, and which version it shows. */
export async function saveMessage(
  tx: Transaction,
  { source, id }: IncidentKey,
  { channel, ts, shownVersion }: MessageRef & { shownVersion: number },
) {
  await tx
    .update(incidents)
    .set({ channel, ts, shownVersion })
    .where(and(eq(incidents.source, source), eq(incidents.incidentId, id)));
}

/** The finished deployments to any of the targets, the last one first. */
export async function readFinishedDeployments(
  db: Connection,
  targets: Target[],
): Promise<LinkedDeployment[]> {
  const isTarget = or(
    ...targets.map(({ app, environment }) => and(eq(deploys.app, app), eq(deploys.environment, environment))),
  );
  if (!isTarget) return [];
  const rows = await db
    .select()
    .from(deploys)
    .where(and(isTarget, eq(deploys.status, "finished"), isNotNull(deploys.finishedAt)))
    .orderBy(desc(deploys.finishedAt))
    .limit(MAX_DEPLOYMENTS);
  return rows.map((row) => ({
    source: row.source,
    app: row.app,
    environment: row.environment,
    id: row.deploymentId ?? String(row.externalId),
    number: row.number ?? row.externalId,
    attempt: row.attempt,
    sha: row.sha,
    link: row.link,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  }));
}
