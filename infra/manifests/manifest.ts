import { Cron } from "croner";
import { z } from "zod";

/** Cloud Scheduler cancels an attempt of an HTTP target after 30 minutes, https://cloud.google.com/scheduler/docs/reference/rest/v1/projects.locations.jobs#Job.FIELDS.attempt_deadline */
const MAX_ATTEMPT_SECONDS = 1800;

const schedule = z.strictObject({
  cron: z
    .string()
    .refine(isCron, "must be five fields: minute, hour, day of month, month, day of week")
    .describe("https://cloud.google.com/scheduler/docs/configuring/cron-job-schedules"),
  timeZone: z
    .string()
    .refine(isTimeZone, "must be a time zone of the tz database")
    .default("Etc/UTC")
    .describe("Time zone of the cron expression, as in the tz database"),
});

function isCron(text: string): boolean {
  try {
    // The library also knows names such as @daily, which Cloud Scheduler does not.
    return !text.includes("@") && new Cron(text, { paused: true, mode: "5-part" }).nextRun() !== null;
  } catch {
    return false;
  }
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const fields = z.strictObject({
  description: z.string().min(10),
  trigger: z.union([
    z.strictObject({ http: z.literal(true) }),
    z.strictObject({
      subscriptions: z
        .array(
          z.strictObject({
            topic: z
              .string()
              .regex(/^(\*|[a-z][a-z0-9-]+)$/)
              .describe("A topic, or * for every topic that a function publishes"),
            filter: z
              .string()
              .max(256)
              .optional()
              .describe("https://cloud.google.com/pubsub/docs/subscription-message-filter"),
          }),
        )
        .min(1),
    }),
    z.strictObject({ schedule }),
    z.strictObject({ iap: z.literal(true).describe("Called by people through Identity-Aware Proxy") }),
  ]),
  sender: z
    .string()
    .min(1)
    .optional()
    .describe("Sender of a source function's webhooks, as documentation names it: GitHub, CI"),
  publishes: z.string().optional().describe("Topic of a source function: <source>-events"),
  secrets: z
    .array(z.string().regex(/^[A-Z][A-Z0-9_]+$/))
    .describe("Names of the secrets that the function may read, and no others"),
  tables: z
    .array(z.string().regex(/^[a-z_]+\.[a-z_]+$/))
    .optional()
    .describe("Tables of infra/bigquery/tables that the function may write to, <dataset>.<table>"),
  queries: z
    .array(z.string().regex(/^[a-z_]+\.[a-z_]+$/))
    .optional()
    .describe("Tables of infra/bigquery/tables that the function may query, <dataset>.<table>"),
  edits: z
    .array(z.string().regex(/^[a-z_]+\.[a-z_]+$/))
    .optional()
    .describe(
      "Tables of infra/bigquery/tables that the function may query and change with SQL, <dataset>.<table>",
    ),
  facts: z
    .boolean()
    .optional()
    .describe(
      "Whether the function reads every table and merges rows into the tables *_facts and *_summaries",
    ),
  views: z
    .boolean()
    .optional()
    .describe(
      "Whether the function queries the views: it reads them and the tables *_facts and *_summaries, and no payload",
    ),
  replays: z
    .boolean()
    .optional()
    .describe("Whether the function reads dead letters and publishes them to the topic replay"),
  logs: z.boolean().optional().describe("Whether the function reads what all functions log"),
  runsSchedules: z
    .boolean()
    .optional()
    .describe("Whether the function lists Cloud Scheduler's jobs and runs them"),
  database: z.boolean().describe("Whether the function connects to Postgres"),
  resources: z.strictObject({
    memory: z.string().regex(/^\d+(Mi|Gi)$/),
    timeoutSeconds: z.int().min(1).max(3600),
    concurrency: z.int().min(1).max(1000),
    minInstances: z.int().min(0),
    maxInstances: z.int().min(1),
  }),
});

/** Schema of functions/<name>/function.json, which Terraform, the local suite, the build and the documentation read. */
export const manifest = fields.refine(
  ({ trigger, resources }) => !("schedule" in trigger) || resources.timeoutSeconds <= MAX_ATTEMPT_SECONDS,
  { path: ["resources", "timeoutSeconds"], message: `of a schedule must be at most ${MAX_ATTEMPT_SECONDS}` },
);

export type Manifest = z.infer<typeof manifest>;
export type Schedule = z.infer<typeof schedule>;
