import { z } from "zod";
import { envelope, timestamp } from "./envelope.ts";

const time = timestamp.nullable();
const text = z.string().nullable();
const fullName = z.string().nullable().describe("owner/name");

export const checkRun = z.object({
  id: z.int(),
  name: z.string(),
  status: z.string().describe("queued, in_progress, completed, …"),
  conclusion: text.describe("success, failure, cancelled, …; null until the run is completed"),
  headSha: z.string(),
  headBranch: text,
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

export const pullRequest = z.object({
  number: z.int(),
  title: text,
  author: text.describe("Login"),
  state: text,
  merged: z.boolean(),
  headSha: text,
  headBranch: text,
  baseSha: text,
  baseBranch: text,
  mergeCommitSha: text,
  createdAt: time,
  updatedAt: time,
  closedAt: time,
  mergedAt: time,
  requestedReviewer: z.object({ id: z.int(), name: z.string(), type: z.enum(["user", "team"]) }).nullable(),
});

export const issue = z.object({
  number: z.int(),
  title: text,
  author: text.describe("Login"),
  state: text,
  isPullRequest: z.boolean(),
  createdAt: time,
  updatedAt: time,
  closedAt: time,
});

export const comment = z.object({ id: z.int(), author: text, createdAt: time, updatedAt: time });
export const review = z.object({ id: z.int(), author: text, state: text, submittedAt: time });
export const label = z.object({ id: z.int().nullable(), name: z.string() });

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
});

export type GitHubEvent = z.infer<typeof githubEvent>;
