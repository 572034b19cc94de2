import { z } from "zod";
import { readDigits } from "../../shared/events/lossless-json.ts";
import { optional } from "../../shared/webhook/parse-body.ts";

const text = optional(z.string());
const id = z.int();
/** RFC 3339, or seconds since 1970 in a few old fields. */
const time = optional(z.union([z.string(), z.number()]));
const account = z.object({ id: optional(id), login: z.string(), type: text });
const user = optional(account);
/** The id of a sender is kept as text, so it may be above 2^53. */
const sender = optional(
  account.extend({ id: optional(z.union([id.transform(String), z.string().transform(readDigits)])) }),
);
const commitRef = optional(
  z.object({ sha: text, ref: text, repo: optional(z.object({ full_name: text, url: text })) }),
);

const pullRequest = z.object({
  number: id,
  title: text,
  body: text,
  labels: optional(z.array(z.object({ name: z.string() }))),
  user,
  state: text,
  merged: optional(z.boolean()),
  merged_at: time,
  merged_by: user,
  draft: optional(z.boolean()),
  additions: optional(id),
  deletions: optional(id),
  changed_files: optional(id),
  commits: optional(id),
  merge_commit_sha: text,
  head: commitRef,
  base: commitRef,
  created_at: time,
  updated_at: time,
  closed_at: time,
});

const issue = z.object({
  number: id,
  title: text,
  user,
  state: text,
  pull_request: z.unknown().optional(),
  labels: optional(z.array(z.object({ name: z.string() }))),
  created_at: time,
  updated_at: time,
  closed_at: time,
});

const checkRun = z.object({
  id,
  name: z.string(),
  status: z.string(),
  conclusion: text,
  head_sha: z.string(),
  html_url: text,
  started_at: time,
  completed_at: time,
  check_suite: optional(z.object({ id: optional(id), head_branch: text })),
  pull_requests: optional(z.array(optional(z.object({ number: id, head: commitRef, base: commitRef })))),
});

const workflowJob = z.object({
  id,
  run_id: optional(id),
  run_attempt: optional(id),
  name: text,
  workflow_name: text,
  status: text,
  conclusion: text,
  labels: optional(z.array(z.string())),
  runner_name: text,
  runner_group_name: text,
  head_sha: text,
  head_branch: text,
  html_url: text,
  created_at: time,
  started_at: time,
  completed_at: time,
});

const mergeGroup = z.object({ head_sha: text, head_ref: text, base_sha: text, base_ref: text });

/** Fields that are read from every payload of GitHub; an event may lack each of them. */
export const anyPayload = z.object({
  action: text,
  sender,
  repository: z
    .object({
      id,
      full_name: z.string(),
      private: optional(z.boolean()),
      owner: optional(z.object({ login: text, name: text, type: text })),
    })
    .nullish(),
  organization: optional(z.object({ login: text })),
  installation: optional(z.object({ id })),
  label: optional(z.object({ id: optional(id), name: z.string() })),
  requested_reviewer: optional(account),
  requested_team: optional(z.object({ id, name: z.string() })),
});

/** Fields that are read from the payloads of events that subscribers use. Other events may have other values under the same keys. */
export const sections = {
  check_run: z.object({ check_run: checkRun }),
  issues: z.object({ issue }),
  issue_comment: z.object({ issue, comment: z.object({ id, user, created_at: time, updated_at: time }) }),
  pull_request: z.object({ pull_request: pullRequest, reason: text }),
  pull_request_review: z.object({
    pull_request: pullRequest,
    review: z.object({ id, user, state: text, submitted_at: time }),
  }),
  pull_request_review_comment: z.object({
    pull_request: pullRequest,
    comment: z.object({ id, user, created_at: time, updated_at: time }),
  }),
  workflow_job: z.object({ workflow_job: workflowJob }),
  merge_group: z.object({ merge_group: mergeGroup, reason: text }),
};

export type AnyPayload = z.infer<typeof anyPayload>;
export type CheckRunPayload = z.infer<typeof checkRun>;
export type PullRequestPayload = z.infer<typeof pullRequest>;
export type IssuePayload = z.infer<typeof issue>;
export type WorkflowJobPayload = z.infer<typeof workflowJob>;
export type MergeGroupPayload = z.infer<(typeof sections)["merge_group"]>;
