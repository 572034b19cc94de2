import { z } from "zod";
import { formatIssues } from "../format-issues.ts";
import { deployStatus } from "./deployment.ts";
import { accountType, envelope, timestamp } from "./envelope.ts";
import { gocdEvent } from "./gocd-event.ts";
import { mergeGroup, workflowJob } from "./workflow-job.ts";

const time = timestamp.nullable();
const text = z.string().nullable();
const fullName = z.string().nullable().describe("owner/name");

const checkRun = z.object({
  id: z.int(),
  name: z.string(),
  status: z.string().describe("queued, in_progress, completed, …"),
  conclusion: text.describe("success, failure, cancelled, …; null until the run is completed"),
  headSha: z.string(),
  headBranch: text,
  checkSuiteId: z
    .int()
    .nullable()
    .optional()
    .describe("A repeated run keeps it; another workflow or app has another"),
  url: text.describe("Page of the run"),
  startedAt: time,
  completedAt: time,
  pullRequests: z
    .array(
      z.object({
        number: z.int(),
        headSha: text,
        baseSha: text,
        baseRepository: fullName,
      }),
    )
    .describe("Pull requests whose head is this commit, including those in forks"),
});

const pullRequest = z.object({
  number: z.int(),
  title: text,
  author: text.describe("Login"),
  authorType: accountType.optional().describe("null if GitHub does not give it"),
  labels: z.array(z.string()).optional().describe("Names of its labels"),
  reverts: z
    .object({
      pullRequest: z.int().nullable().describe("Number in the same repository"),
      commit: z.string().nullable().describe("Sha, possibly shortened"),
    })
    .nullable()
    .optional()
    .describe(
      "What it reverts, from its title and body; both null if only the title says that it is a revert",
    ),
  state: text,
  merged: z.boolean(),
  headSha: text,
  headBranch: text,
  headRepository: fullName
    .optional()
    .describe(
      "owner/name of the repository of the head branch, a fork's for its pull requests; null if it was deleted",
    ),
  baseSha: text,
  baseBranch: text,
  mergeCommitSha: text,
  createdAt: time,
  updatedAt: time,
  closedAt: time,
  mergedAt: time,
  mergedBy: text.optional().describe("Login; null before the merge, and if GitHub does not give it"),
  isDraft: z.boolean().nullable().optional(),
  additions: z.int().nullable().optional().describe("Lines; null in events about reviews, as the next three"),
  deletions: z.int().nullable().optional().describe("Lines"),
  changedFiles: z.int().nullable().optional(),
  commits: z.int().nullable().optional().describe("Number of its commits"),
  requestedReviewer: z.object({ id: z.int(), name: z.string(), type: z.enum(["user", "team"]) }).nullable(),
});

const issue = z.object({
  number: z.int(),
  title: text,
  author: text.describe("Login"),
  state: text,
  isPullRequest: z.boolean(),
  labels: z.array(z.string()).optional().describe("Names of its labels"),
  createdAt: time,
  updatedAt: time,
  closedAt: time,
});

const comment = z.object({ id: z.int(), author: text, createdAt: time, updatedAt: time });
const review = z.object({ id: z.int(), author: text, state: text, submittedAt: time });
const label = z.object({ id: z.int().nullable(), name: z.string() });

/** A delivery of a GitHub webhook, https://docs.github.com/webhooks/webhook-events-and-payloads */
export const githubEvent = envelope.extend({
  source: z.literal("github"),
  event: z.string().min(1).describe("X-GitHub-Event"),
  action: z.string().nullable(),
  repository: z
    .object({
      id: z.int(),
      fullName: z.string().describe("owner/name"),
      owner: z.string().describe("Login"),
      ownerType: z.string().nullable().describe("User or Organization"),
      private: z.boolean().nullable(),
    })
    .nullable(),
  organization: z.string().nullable().describe("Login"),
  installationId: z.int().nullable().describe("Installation of the GitHub App that the delivery belongs to"),
  checkRun: checkRun.optional().describe("For check_run"),
  pullRequest: pullRequest.optional().describe("For events about a pull request"),
  issue: issue.optional().describe("For events about an issue, and comments on issues and pull requests"),
  comment: comment.optional().describe("For issue_comment and pull_request_review_comment"),
  review: review.optional().describe("For pull_request_review"),
  label: label.optional().describe("The label that was added or removed"),
  workflowJob: workflowJob.optional().describe("For workflow_job"),
  mergeGroup: mergeGroup.optional().describe("For merge_group"),
  dequeueReason: text
    .optional()
    .describe("For pull_request.dequeued: why it left the merge queue, e.g. MERGE or CI_FAILURE"),
});

export type GitHubEvent = z.infer<typeof githubEvent>;

/** A callback of Slack's Events API (https://docs.slack.dev/apis/events-api/) or an interaction (https://docs.slack.dev/interactivity/). */
const slackEvent = envelope.extend({
  source: z.literal("slack"),
  event: z.string().min(1).describe("Type of the event or interaction: app_mention, block_actions, …"),
  team: text.describe("Workspace id"),
  user: text.describe("Id of the user who acted, or whose profile changed"),
  channel: text,
  channelType: text.describe("im, channel, group, mpim"),
  text,
  ts: text.describe("Id of the message that was sent or acted on"),
  threadTs: text,
  subtype: text,
  botId: text.describe("Set if a bot sent the message"),
  retry: z
    .object({ number: z.int(), reason: text })
    .nullable()
    .describe(
      "X-Slack-Retry-Num and X-Slack-Retry-Reason of the accepted attempt; null for the first attempt",
    ),
  interaction: z
    .object({
      triggerId: text.describe("Expires 3 s after the click"),
      responseUrl: text,
      actions: z.array(z.object({ actionId: z.string(), blockId: text, value: text })),
      view: z
        .object({ id: z.string(), callbackId: text, hash: text })
        .nullable()
        .describe("View of the interaction"),
      loadingView: z
        .object({ id: z.string(), hash: text })
        .nullable()
        .describe(
          "Modal opened with trigger_id before the event was published; a subscriber fills it with views.update",
        ),
    })
    .nullable(),
});

export type SlackEvent = z.infer<typeof slackEvent>;

/** A notification of Freight's webhook notifier, https://github.com/getsentry/freight */
export const freightEvent = envelope.extend({
  source: z.literal("freight"),
  app: z.string().min(1),
  environment: z.string().min(1),
  number: z.int().describe("Number of the deploy, counted per app and environment"),
  status: deployStatus,
  title: z.string(),
  link: z.string().nullable().describe("Freight's page of the deploy"),
  ref: z.string().nullable(),
  sha: z.string().nullable(),
  previousSha: z.string().nullable().describe("Commit of the previous deploy"),
  createdAt: timestamp.nullable(),
  startedAt: timestamp.nullable(),
  finishedAt: timestamp.nullable(),
  duration: z.number().nullable().describe("Seconds"),
});

export type FreightEvent = z.infer<typeof freightEvent>;

const reportedAsset = z.object({
  pullRequestNumber: z.int().describe("-1 for builds without a pull request"),
  commit: z.string().min(1),
  file: z.string().min(1),
  entrypointName: z.string(),
  size: z.int().min(0).describe("Bytes"),
  environment: z.string().nullable(),
  nodeEnv: z.string().nullable(),
});

export type ReportedAsset = z.infer<typeof reportedAsset>;

/** Asset sizes of a webpack build, reported by CI. */
export const webpackEvent = envelope.extend({
  source: z.literal("webpack"),
  assets: z.array(reportedAsset).min(1),
});

export type WebpackEvent = z.infer<typeof webpackEvent>;

export const bootstrapStep = z.enum(["bootstrap_start", "bootstrap_end"]);

/** The bootstrap script started or finished the set-up of a development environment. */
export const bootstrapEvent = envelope.extend({
  source: z.literal("bootstrap-dev-env"),
  event: bootstrapStep,
});

export type BootstrapEvent = z.infer<typeof bootstrapEvent>;

/** What a job may report. */
export const reportType = z.enum(["deployment", "incident", "measurement", "bootstrap", "assets"]);

const measurement = z.object({
  name: z.string().min(1).max(255),
  value: z.number(),
  unit: z.string().nullable().describe("As reported: seconds, bytes, percent, …"),
  dimensions: z.record(z.string(), z.string()).describe("What to group by: branch, runner, …"),
});

export type Measurement = z.infer<typeof measurement>;

/** A report of any job, signed as https://www.standardwebhooks.com describes. */
export const reportEvent = envelope.extend({
  source: z.literal("report"),
  event: reportType,
  measurements: z.array(measurement).min(1).optional().describe("For measurement"),
  assets: z.array(reportedAsset).min(1).optional().describe("For assets"),
  bootstrap: bootstrapStep.optional().describe("For bootstrap; the actor is the person"),
});

export type ReportEvent = z.infer<typeof reportEvent>;

/** A V3 webhook of PagerDuty, https://developer.pagerduty.com/docs/webhooks-overview */
export const pagerdutyEvent = envelope.extend({
  source: z.literal("pagerduty"),
  event: z.string().min(1).describe("incident.triggered, incident.resolved, service.updated, …"),
});

export type PagerDutyEvent = z.infer<typeof pagerdutyEvent>;

/** A webhook of Sentry's integration platform, https://docs.sentry.io/integrations/integration-platform/webhooks/ */
export const sentryEvent = envelope.extend({
  source: z.literal("sentry"),
  event: z.string().min(1).describe("Sentry-Hook-Resource: event_alert, metric_alert, issue, …"),
  action: z.string().nullable().describe("triggered, critical, resolved, …"),
  project: text.describe("Slug of the project, if the sender gives it"),
});

export type SentryEvent = z.infer<typeof sentryEvent>;

/** The schema of each source's events. Each new source adds its schema here. */
export const eventSchemas = {
  github: githubEvent,
  slack: slackEvent,
  freight: freightEvent,
  gocd: gocdEvent,
  webpack: webpackEvent,
  "bootstrap-dev-env": bootstrapEvent,
  report: reportEvent,
  pagerduty: pagerdutyEvent,
  sentry: sentryEvent,
};

export type Source = keyof typeof eventSchemas;
export type Event = { [S in Source]: z.infer<(typeof eventSchemas)[S]> }[Source];

/** The names of all sources. Each is also the name of its function and the prefix of its topic. */
export const sources = Object.keys(eventSchemas) as Source[];

/** Version of the event schemas. Changes are additive; a breaking change increments it. */
const SCHEMA_VERSION = 1;

/** The `dataschema` of a source's events: also the `$id` of its JSON Schema in docs/events. */
export function getDataschema(source: Source): string {
  return `urn:ci-tooling:events:${source}:${SCHEMA_VERSION}`;
}

/** The data is not an event of a source in `eventSchemas`. The message names each wrong field. */
export class InvalidEventError extends Error {
  override name = "InvalidEventError";
}

/**
 * Parses the JSON of a normalized event.
 *
 * @throws {InvalidEventError} if the source is unknown or a field does not match the source's schema
 */
export function parseEvent(data: unknown): Event {
  const source = (data as { source?: unknown } | null)?.source;
  if (typeof source !== "string" || !Object.hasOwn(eventSchemas, source)) {
    throw new InvalidEventError(`Unknown source of an event: ${JSON.stringify(source)}`);
  }
  const parsed = eventSchemas[source as Source].safeParse(data);
  if (!parsed.success) {
    throw new InvalidEventError(`Not a ${source} event: ${formatIssues(parsed.error)}`);
  }
  return parsed.data;
}
