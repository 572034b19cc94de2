import { and, asc, eq, inArray, isNull, lt, notInArray, or, sql } from "drizzle-orm";
import { z } from "zod";
import type { Connection, Transaction } from "../../shared/database/database.ts";
import { commitChecks, failedChecks } from "../../shared/database/schema.ts";
import { commitDetails } from "../../shared/github/commits.ts";
import { log } from "../../shared/observability/log.ts";
import type { MessageRef } from "../../shared/slack/slack-message.ts";
import type { RequiredCheck } from "./required-check.ts";
import type { Watch } from "./watch.ts";

const failureStatus = z.enum([
  "failing",
  /** The same commit passed in a re-run. */
  "flake",
  /** A later commit passed; this commit was the first one to fail. */
  "fixed",
  /** A later commit passed; this commit may have failed only because of an earlier one. */
  "unknown",
]);
export type FailureStatus = z.infer<typeof failureStatus>;

/** A commit whose required check failed, with the state that its message shows, as the database stores it. */
const failure = z.object({
  id: z.number(),
  status: failureStatus,
  /** owner/name */
  repository: z.string(),
  branch: z.string(),
  /** Empty if an earlier release stored it: then it is the branch's only check. */
  checkName: z.string(),
  sha: z.string(),
  url: z.string().nullable(),
  /** Start of the first run of the commit's check that is known: it orders commits. */
  firstStartedAt: z.date(),
  /** Completion of the latest failing run. */
  completedAt: z.date(),
  jobsMissing: z.boolean(),
  /** null until GitHub returns it. */
  commit: commitDetails.nullable(),
  /** The failure whose thread holds the message; null for a message in the channel. */
  firstFailureId: z.number().nullable(),
  channel: z.string(),
  /** null until Slack confirms the message. */
  ts: z.string().nullable(),
  eventId: z.string(),
  receivedAt: z.date(),
});
export type Failure = z.infer<typeof failure>;

/**
 * The failures that a channel was told of and nothing has fixed, and every failure of one commit, in the order of the commits. A failure
 * of a check that is not required any more is left out.
 */
export async function readFailures(
  tx: Transaction,
  { repository, branch, sha }: Pick<RequiredCheck, "repository" | "branch" | "sha">,
  watch: Watch,
): Promise<Failure[]> {
  return selectFailures(
    tx,
    and(
      eq(failedChecks.repository, repository),
      eq(failedChecks.branch, branch),
      isOfWatch(watch),
      inArray(failedChecks.checkName, [...watch.checks, ""]),
      or(eq(failedChecks.status, "failing"), eq(failedChecks.sha, sha)),
    ),
  );
}

/**
 * A failure belongs to the channel whose services have its name. If none has it, the service was renamed or removed since, and the
 * failure belongs to the channel that was configured then. Earlier releases stored neither.
 */
function isOfWatch({ names, otherNames, channel }: Watch) {
  const { service, configuredChannel } = failedChecks;
  return or(
    inArray(service, [...names, ""]),
    and(notInArray(service, otherNames), or(isNull(configuredChannel), eq(configuredChannel, channel))),
  );
}

/** Names of the checks that fail in the thread of a first failure, its own included. Those that are not required any more are left out. */
export async function readFailingChecks(
  tx: Transaction,
  firstFailureId: number,
  { checks }: Pick<Watch, "checks">,
): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ name: failedChecks.checkName })
    .from(failedChecks)
    .where(
      and(
        or(eq(failedChecks.id, firstFailureId), eq(failedChecks.firstFailureId, firstFailureId)),
        eq(failedChecks.status, "failing"),
        inArray(failedChecks.checkName, [...checks, ""]),
      ),
    );
  return rows.map(({ name }) => name).sort();
}

/** @returns undefined if the failure is not stored, or does not match the schema */
export async function readFailure(db: Connection, id: number): Promise<Failure | undefined> {
  return (await selectFailures(db, eq(failedChecks.id, id)))[0];
}

/** A failure that no message shows yet. @returns its id */
export async function insertFailure(
  tx: Transaction,
  values: Omit<typeof failedChecks.$inferInsert, "status" | "ts">,
): Promise<number> {
  const [row] = await tx
    .insert(failedChecks)
    .values({ ...values, status: "failing" })
    .returning({ id: failedChecks.id });
  if (!row) throw new Error(`The failure of ${values.sha} was not stored`);
  return row.id;
}

export async function changeFailure(
  tx: Transaction,
  id: number,
  changes: Partial<Pick<Failure, "status" | "commit"> & MessageRef>,
) {
  await tx
    .update(failedChecks)
    .set({ ...changes, updatedAt: sql`now()` })
    .where(eq(failedChecks.id, id));
}

/** Stores that a failing commit failed again: a pass that completed in between does not make it a flake. */
export async function prolongFailure(tx: Transaction, check: RequiredCheck) {
  await tx
    .update(failedChecks)
    .set({ completedAt: check.completedAt })
    .where(
      and(
        eq(failedChecks.repository, check.repository),
        eq(failedChecks.branch, check.branch),
        inArray(failedChecks.checkName, [check.name, ""]),
        eq(failedChecks.sha, check.sha),
        eq(failedChecks.status, "failing"),
        lt(failedChecks.completedAt, check.completedAt),
      ),
    );
}

async function selectFailures(db: Connection, condition: ReturnType<typeof and>): Promise<Failure[]> {
  // Rows of earlier releases name no check.
  const started = db
    .select({ time: sql`min(${commitChecks.firstStartedAt})` })
    .from(commitChecks)
    .where(
      and(
        eq(commitChecks.repository, failedChecks.repository),
        eq(commitChecks.branch, failedChecks.branch),
        eq(commitChecks.sha, failedChecks.sha),
        or(eq(commitChecks.checkName, failedChecks.checkName), eq(commitChecks.checkName, "")),
      ),
    );
  const firstStartedAt = sql<Date>`coalesce((${started}), ${failedChecks.completedAt})`;
  const rows = await db
    .select({ failed: failedChecks, firstStartedAt: firstStartedAt.mapWith(commitChecks.firstStartedAt) })
    .from(failedChecks)
    .where(condition)
    .orderBy(asc(firstStartedAt), asc(failedChecks.id));
  return rows.flatMap(({ failed, firstStartedAt }) => {
    const parsed = failure.safeParse({ ...failed, firstStartedAt });
    if (parsed.success) return [parsed.data];
    const issues = z.prettifyError(parsed.error);
    log("ERROR", "A stored failure does not match its schema; it is ignored", { id: failed.id, issues });
    return [];
  });
}
