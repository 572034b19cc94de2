import { z } from "zod";

const text = z.string().nullable();
const time = z.iso.datetime({ precision: 3 }).describe("RFC 3339, UTC, milliseconds").nullable();

/** A job of GitHub Actions, https://docs.github.com/webhooks/webhook-events-and-payloads#workflow_job */
export const workflowJob = z.object({
  id: z.int(),
  runId: z.int().nullable(),
  runAttempt: z.int().nullable().describe("1 for the first run of its workflow run"),
  name: text,
  workflowName: text,
  status: text.describe("queued, in_progress, completed, waiting, …"),
  conclusion: text.describe("success, failure, cancelled, skipped, …; null until the job is completed"),
  labels: z.array(z.string()).describe("Labels of the runner that the job asks for"),
  runnerName: text,
  runnerGroup: text,
  headSha: text,
  headBranch: text,
  url: text.describe("Page of the job"),
  createdAt: time.describe("When it began to wait for a runner (RFC 3339, UTC, milliseconds)"),
  startedAt: time,
  completedAt: time,
});

/** A group of pull requests that a merge queue tests, https://docs.github.com/webhooks/webhook-events-and-payloads#merge_group */
export const mergeGroup = z.object({
  headSha: text.describe("Commit that the merge queue tests"),
  headBranch: text.describe("gh-readonly-queue/<base branch>/pr-<number>-<sha>"),
  baseSha: text,
  baseBranch: text,
  pullRequest: z.int().nullable().describe("Number of the last pull request of the group, from its branch"),
  reason: text.describe("Why the group was destroyed: merged, invalidated or dequeued"),
});
