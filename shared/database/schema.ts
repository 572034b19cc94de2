import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  customType,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { z } from "zod";
import type { DeployStatus } from "../events/deployment.ts";

const time = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
const id = () => bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity();
const createdAt = () => time("created_at").notNull().defaultNow();

/** A user's choices. A missing field was never set. A value that this release does not know counts as missing. */
const preferences = z.looseObject({
  /** Whether the user receives direct messages about their own deploys; only "off" stops them. */
  deployNotifications: z.enum(["on", "off"]).optional().catch(undefined),
});

export type Preferences = z.infer<typeof preferences>;

const preferencesColumn = customType<{ data: Preferences; driverData: unknown }>({
  dataType: () => "jsonb",
  fromDriver: (value) => preferences.parse(typeof value === "string" ? JSON.parse(value) : value),
  toDriver: (value) => JSON.stringify(value),
});

/** Members of the organization, with their Slack and GitHub accounts. */
export const users = pgTable(
  "users",
  {
    id: id(),
    email: text("email").notNull().unique(),
    slackUser: text("slack_user").unique(),
    githubUser: text("github_user"),
    preferences: preferencesColumn("preferences").notNull().default({}),
    createdAt: createdAt(),
    updatedAt: time("updated_at").notNull().defaultNow(),
  },
  // GitHub compares logins without regard to case.
  (table) => [uniqueIndex("users_github_user_unique").on(sql`lower(${table.githubUser})`)],
);

/**
 * Names under which members act outside of Slack, as GitHub confirmed them. `shared/people/candidates.ts` explains their precedence. They
 * name the Slack user: the row of a user is replaced when two are merged.
 */
export const people = pgTable(
  "people",
  {
    /** `login`, in lower case, or `github-id`, which stays when an account is renamed. */
    kind: text("kind").$type<"login" | "github-id">().notNull(),
    value: text("value").notNull(),
    slackUser: text("slack_user").notNull(),
    updatedAt: time("updated_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.kind, table.value] }),
    index("people_slack_user").on(table.slackUser),
  ],
);

/**
 * Attempts of deployments, of any source, with their latest status. `deployment_id` is the sender's id; earlier releases stored Freight's
 * number in `external_id` alone, which is still written for the first attempt of Freight's deploys, so that a rollback finds them.
 */
export const deploys = pgTable(
  "deploys",
  {
    id: id(),
    externalId: bigint("external_id", { mode: "number" }),
    source: text("source").notNull().default("freight"),
    deploymentId: text("deployment_id"),
    /** Counts from 1. */
    attempt: integer("attempt").notNull().default(1),
    /** By which people know it, such as a run id of GitHub Actions (34 bits). */
    number: bigint("number", { mode: "number" }),
    app: text("app").notNull(),
    environment: text("environment").notNull(),
    status: text("status").$type<DeployStatus>().notNull(),
    title: text("title").notNull(),
    link: text("link"),
    ref: text("ref"),
    sha: text("sha"),
    previousSha: text("previous_sha"),
    deployer: text("deployer"),
    queuedAt: time("queued_at"),
    startedAt: time("started_at"),
    finishedAt: time("finished_at"),
    /** Seconds. */
    duration: doublePrecision("duration"),
    createdAt: createdAt(),
    updatedAt: time("updated_at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("deploys_external_id_app_environment_unique").on(
      table.externalId,
      table.app,
      table.environment,
    ),
    uniqueIndex("deploys_source_target_deployment_attempt_unique").on(
      table.source,
      table.app,
      table.environment,
      sql`coalesce(${table.deploymentId}, ${table.externalId}::text)`,
      table.attempt,
    ),
    index("deploys_app_environment_status").on(table.app, table.environment, table.status),
  ],
);

/** Posted messages that may change. `ref` identifies the subject, such as a commit's sha; its meaning depends on `type`. */
export const slackMessages = pgTable(
  "slack_messages",
  {
    id: id(),
    type: text("type").notNull(),
    ref: text("ref").notNull(),
    channel: text("channel").notNull(),
    ts: text("ts").notNull(),
    /** The state that the message is drawn from. Each type has a zod schema, which parses it on reading. */
    context: jsonb("context").notNull(),
    createdAt: createdAt(),
    updatedAt: time("updated_at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("slack_messages_channel_ts_unique").on(table.channel, table.ts),
    index("slack_messages_type_ref").on(table.type, table.ref),
  ],
);

/** As `commitChecks`, for one check of a branch. Releases before 0005 read and write it; a later release drops it. */
export const passedChecks = pgTable(
  "passed_checks",
  {
    repository: text("repository").notNull(),
    branch: text("branch").notNull(),
    sha: text("sha").notNull(),
    startedAt: time("started_at").notNull(),
    completedAt: time("completed_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.repository, table.branch, table.sha] }),
    index("passed_checks_started_at").on(table.repository, table.branch, table.startedAt),
  ],
);

/** As `commitChecks`, for one check of a branch. Releases before 0005 read and write it; a later release drops it. */
export const checkedCommits = pgTable(
  "checked_commits",
  {
    repository: text("repository").notNull(),
    branch: text("branch").notNull(),
    sha: text("sha").notNull(),
    firstStartedAt: time("first_started_at").notNull(),
    /** Completion of the latest run, whatever its conclusion. */
    lastCompletedAt: time("last_completed_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.repository, table.branch, table.sha] }),
    index("checked_commits_first_started_at").on(table.repository, table.branch, table.firstStartedAt),
  ],
);

/**
 * Required checks of the commits of a branch. Commits are in the order of the first starts: checks start in the order of commits, but a
 * re-run of an old commit starts later than the checks of newer ones. An older failure that arrives after a pass is ignored.
 */
export const commitChecks = pgTable(
  "commit_checks",
  {
    repository: text("repository").notNull(),
    branch: text("branch").notNull(),
    /** Empty in rows of releases that watched one check of a branch: then any. */
    checkName: text("check_name").notNull(),
    sha: text("sha").notNull(),
    firstStartedAt: time("first_started_at").notNull(),
    /** Completion of the latest run, whatever its conclusion. */
    lastCompletedAt: time("last_completed_at").notNull(),
    /** Completion of the latest run that passed; null if none did. */
    passedAt: time("passed_at"),
  },
  (table) => [
    primaryKey({ columns: [table.repository, table.branch, table.checkName, table.sha] }),
    index("commit_checks_first_started_at").on(table.repository, table.branch, table.firstStartedAt),
  ],
);

/** Checks that GitHub's rulesets and branch protection require of a branch, as they were read last. */
export const branchRules = pgTable(
  "branch_rules",
  {
    repository: text("repository").notNull(),
    branch: text("branch").notNull(),
    checks: jsonb("checks").notNull(),
    readAt: time("read_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.repository, table.branch] })],
);

/**
 * Failures of a required check that people are told about, with the state that their messages show. The state is stored before the
 * message is posted or changed.
 */
export const failedChecks = pgTable(
  "failed_checks",
  {
    id: id(),
    repository: text("repository").notNull(),
    branch: text("branch").notNull(),
    /** Empty in rows of releases that watched one check of a branch. */
    checkName: text("check_name").notNull().default(""),
    /** The first service that is deployed from the branch and alerts the channel. Empty in rows of releases that knew one service. */
    service: text("service").notNull().default(""),
    /** The channel as configured when the check failed: it identifies the services of a failure after they are renamed. null in older rows. */
    configuredChannel: text("configured_channel"),
    sha: text("sha").notNull(),
    /** functions/required-checks/failure.ts lists the values. */
    status: text("status").notNull(),
    /** The failure whose thread holds the message; null for a message in the channel. */
    firstFailureId: bigint("first_failure_id", { mode: "number" }),
    /** Completion of the commit's latest failing run. */
    completedAt: time("completed_at").notNull(),
    /** GitHub's page of the run. */
    url: text("url"),
    /** Whether most of the check's jobs had not started. */
    jobsMissing: boolean("jobs_missing").notNull().default(false),
    /** Details of the commit, parsed on reading; null until GitHub returns them. */
    commit: jsonb("commit"),
    /** As configured until the message is posted, then the channel's id. */
    channel: text("channel").notNull(),
    /** null until Slack confirms the message. */
    ts: text("ts"),
    /** The event that causes the message: its metadata contain the id. */
    eventId: text("event_id").notNull(),
    receivedAt: time("received_at").notNull(),
    createdAt: createdAt(),
    updatedAt: time("updated_at").notNull().defaultNow(),
  },
  (table) => [
    index("failed_checks_status").on(table.repository, table.branch, table.status),
    index("failed_checks_sha").on(table.repository, table.branch, table.sha),
  ],
);

/** Incidents of any source, with the deployment that each is linked to, and its message in Slack. */
export const incidents = pgTable(
  "incidents",
  {
    source: text("source").notNull(),
    incidentId: text("incident_id").notNull(),
    /** shared/incidents/incident-state.ts has the zod schema, which parses it on reading. */
    state: jsonb("state").notNull(),
    /** Counts the changes of the state. */
    version: integer("version").notNull(),
    /** As configured until the message is posted, then the channel's id. */
    channel: text("channel"),
    /** null until Slack confirms the message. */
    ts: text("ts"),
    shownVersion: integer("shown_version"),
    /** The event that causes the message: its metadata contain the id. */
    messageEventId: text("message_event_id"),
    messageReceivedAt: time("message_received_at"),
    createdAt: createdAt(),
    updatedAt: time("updated_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.source, table.incidentId] }),
    index("incidents_updated_at").on(table.updatedAt),
  ],
);

/** Events that a subscriber has begun or finished. With them, at-least-once delivery is processed once. */
export const processedEvents = pgTable(
  "processed_events",
  {
    subscriber: text("subscriber").notNull(),
    eventId: text("event_id").notNull(),
    attempts: integer("attempts").notNull().default(1),
    firstAttemptAt: time("first_attempt_at").notNull().defaultNow(),
    doneAt: time("done_at"),
    /** What is to be done about the event. A retry carries it out. Each subscriber has a zod schema, which parses it on reading. */
    decision: jsonb("decision"),
  },
  (table) => [primaryKey({ columns: [table.subscriber, table.eventId] })],
);

/** Events whose delivery to the function github failed, by GitHub's guid. Pending until one of the last two times is set. */
export const redeliveries = pgTable(
  "redeliveries",
  {
    guid: text("guid").primaryKey(),
    event: text("event").notNull(),
    repositoryId: text("repository_id"),
    /** Log of the newest failed attempt: `github-app`, or the path of a hook. */
    log: text("log").notNull().default("github-app"),
    /** Id of that attempt in the log. */
    deliveryId: text("delivery_id").notNull(),
    firstFailedAt: time("first_failed_at").notNull(),
    /** Attempts that GitHub was asked for. */
    requested: integer("requested").notNull().default(0),
    nextAttemptAt: time("next_attempt_at").notNull(),
    recoveredAt: time("recovered_at"),
    gaveUpAt: time("gave_up_at"),
  },
  (table) => [
    index("redeliveries_pending")
      .on(table.nextAttemptAt)
      .where(sql`${table.recoveredAt} IS NULL AND ${table.gaveUpAt} IS NULL`),
  ],
);

/** How far a sender's delivery log has been read. */
export const deliveryLogReads = pgTable("delivery_log_reads", {
  log: text("log").primaryKey(),
  /** Time of the newest attempt that a complete reading saw. */
  seenUntil: time("seen_until").notNull(),
});

/** How far the fact tables in BigQuery follow what was received. */
export const factRefreshes = pgTable("fact_refreshes", {
  warehouse: text("warehouse").primaryKey(),
  /** What was received before is in the facts. */
  refreshedUntil: time("refreshed_until").notNull(),
  /** The refresh in progress, parsed on reading; null if there is none. */
  current: jsonb("current"),
});
