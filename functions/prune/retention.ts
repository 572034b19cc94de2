import { type SQL, sql } from "drizzle-orm";
import {
  checkedCommits,
  commitChecks,
  deploys,
  failedChecks,
  incidents,
  passedChecks,
  processedEvents,
  redeliveries,
  slackMessages,
} from "../../shared/database/schema.ts";

/** Rows of a table that may be deleted. */
export interface Retention {
  /** Name of the rows in the summary. */
  rows: string;
  table: SQL;
  /** Days since the time in `isExpired`. */
  days: number;
  /** Condition on a row. `before` is `days` before now. */
  isExpired(before: Date): SQL;
}

/**
 * What is deleted, and when.
 *
 * An event can arrive again for 24 days: GitHub redelivers for 3 days, Pub/Sub retains a message for 7 days, and a dead letter for another
 * 7, from where a replay publishes it for 7 more. An entry of `processed_events` stays longer than that.
 */
export const retentions: Retention[] = [
  {
    rows: "processed_events",
    table: sql`${processedEvents}`,
    days: 30,
    isExpired: (before) => sql`${processedEvents.doneAt} < ${before}`,
  },
  {
    // Without the entry, the next attempt would not look for the message of an earlier one. Replays of dead letters can take weeks.
    rows: "unfinished_events",
    table: sql`${processedEvents}`,
    days: 90,
    isExpired: (before) =>
      sql`${processedEvents.doneAt} IS NULL AND ${processedEvents.firstAttemptAt} < ${before}`,
  },
  {
    // Since the message last changed. Older messages are not redrawn any more.
    rows: "slack_messages",
    table: sql`${slackMessages}`,
    days: 90,
    isExpired: (before) => sql`${slackMessages.updatedAt} < ${before}`,
  },
  {
    // Since it last changed. One that is open for longer, or opens again later, counts as another.
    rows: "incidents",
    table: sql`${incidents}`,
    days: 180,
    isExpired: (before) => sql`${incidents.updatedAt} < ${before}`,
  },
  {
    // GitHub forgets a delivery after three days. The rest is history.
    rows: "redeliveries",
    table: sql`${redeliveries}`,
    days: 90,
    isExpired: (before) => sql`${redeliveries.firstFailedAt} < ${before}`,
  },
  {
    // A pass matters for failures of older commits that arrive later.
    rows: "passed_checks",
    table: sql`${passedChecks}`,
    days: 90,
    isExpired: (before) => sql`${passedChecks.completedAt} < ${before}`,
  },
  {
    // Order the failures of newer commits.
    rows: "checked_commits",
    table: sql`${checkedCommits}`,
    days: 90,
    isExpired: (before) => sql`${checkedCommits.lastCompletedAt} < ${before}`,
  },
  {
    // Both of the above, for each required check of a commit.
    rows: "commit_checks",
    table: sql`${commitChecks}`,
    days: 90,
    isExpired: (before) => sql`${commitChecks.lastCompletedAt} < ${before}`,
  },
  {
    // A check that fails still is turned green by the next pass, however late; its thread needs the first failure.
    rows: "failed_checks",
    table: sql`${failedChecks}`,
    days: 90,
    isExpired: (before) => sql`${failedChecks.updatedAt} < ${before} AND ${failedChecks.status} <> 'failing'
      AND NOT EXISTS (SELECT 1 FROM ${failedChecks} AS further
        WHERE further.first_failure_id = ${failedChecks.id} AND further.status = 'failing')`,
  },
  {
    // The last finished deploy of an app and environment stays, however old: the next one is compared to it.
    rows: "deploys",
    table: sql`${deploys}`,
    days: 365,
    isExpired: (before) => sql`${deploys.updatedAt} < ${before} AND EXISTS (
      SELECT 1 FROM ${deploys} AS later
      WHERE later.app = ${deploys}.app AND later.environment = ${deploys}.environment
        AND later.status = 'finished'
        AND (coalesce(later.finished_at, later.updated_at), later.id) >
          (coalesce(${deploys.finishedAt}, ${deploys.updatedAt}), ${deploys.id}))`,
  },
];
