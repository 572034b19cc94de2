import { sql } from "drizzle-orm";
import {
  bigint,
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
import type { DeployStatus } from "../events/event.ts";

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

/** Deploys with their latest status; `external_id` is Freight's number of the deploy, or the number of another tool, such as a run id of GitHub Actions (34 bits). */
export const deploys = pgTable(
  "deploys",
  {
    id: id(),
    externalId: bigint("external_id", { mode: "number" }).notNull(),
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

/** Commits whose required check passed, with the times of the latest passing run. An older failure that arrives later is ignored. */
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

/** Events that a subscriber has begun or finished. With them, at-least-once delivery is processed once. */
export const processedEvents = pgTable(
  "processed_events",
  {
    subscriber: text("subscriber").notNull(),
    eventId: text("event_id").notNull(),
    attempts: integer("attempts").notNull().default(1),
    firstAttemptAt: time("first_attempt_at").notNull().defaultNow(),
    doneAt: time("done_at"),
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
    /** Newest attempt in GitHub's log. */
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
