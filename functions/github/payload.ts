import { z } from "zod";
import { readDigits } from "../../shared/events/lossless-json.ts";

const text = z.string().nullish();
const id = z.int();
/** RFC 3339, or seconds since 1970 in a few old fields. */
const time = z.union([z.string(), z.number()]).nullish();
const account = z.object({ id, login: z.string(), type: text });
const user = account.nullish();
/** The id of a sender is kept as text, so it may be above 2^53. */
const sender = account
  .extend({
    id: z.union([
      id.transform(String),
      z.string().transform((value, context) => readDigits(value) ?? refuseId(context)),
    ]),
  })
  .nullish();
const commitRef = z
  .object({
    sha: text,
    ref: text,
    repo: z.object({ full_name: text, url: text }).nullish(),
  })
  .nullish();

const pullRequest = z.object({
  number: id,
  title: text,
  body: text.catch(null),
  labels: z
    .array(z.object({ name: z.string() }))
    .nullish()
    .catch(null),
  user,
  state: text,
  merged: z.boolean().nullish(),
  merged_at: time,
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
  check_suite: z.object({ id: id.nullish().catch(null), head_branch: text }).nullish(),
  pull_requests: z.array(z.object({ number: id, head: commitRef, base: commitRef })).nullish(),
});

/** Fields that are read from every payload of GitHub; an event may lack each of them. */
export const anyPayload = z.object({
  action: text,
  sender,
  repository: z
    .object({
      id,
      full_name: z.string(),
      private: z.boolean().nullish(),
      owner: z.object({ login: text, name: text, type: text }).nullish(),
    })
    .nullish(),
  organization: z.object({ login: text }).nullish(),
  installation: z.object({ id }).nullish(),
  label: z.object({ id: id.nullish(), name: z.string() }).nullish(),
  requested_reviewer: account.nullish(),
  requested_team: z.object({ id, name: z.string() }).nullish(),
});

/** Fields that are read from the payloads of events that subscribers use. Other events may have other values under the same keys. */
export const sections = {
  check_run: z.object({ check_run: checkRun }),
  issues: z.object({ issue }),
  issue_comment: z.object({ issue, comment: z.object({ id, user, created_at: time, updated_at: time }) }),
  pull_request: z.object({ pull_request: pullRequest }),
  pull_request_review: z.object({
    pull_request: pullRequest,
    review: z.object({ id, user, state: text, submitted_at: time }),
  }),
  pull_request_review_comment: z.object({
    pull_request: pullRequest,
    comment: z.object({ id, user, created_at: time, updated_at: time }),
  }),
};

function refuseId(context: z.RefinementCtx): never {
  context.addIssue({ code: "custom", message: "must be an integer" });
  return z.NEVER;
}

export type AnyPayload = z.infer<typeof anyPayload>;
export type CheckRunPayload = z.infer<typeof checkRun>;
export type PullRequestPayload = z.infer<typeof pullRequest>;
export type IssuePayload = z.infer<typeof issue>;
