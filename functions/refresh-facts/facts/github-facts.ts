import { COMMIT_TITLE, IS_MAIN_PUSH, REVERTED_COMMIT } from "./commit-fields.ts";
import type { Fact } from "./define-fact.ts";

const LATEST = { wins: "latest", by: ["updated_at", "received_at", "event_id"] } as const;

/** Pull requests with their latest state, from every event that shows it. A pull request is opened once: that is its day. */
const pullRequests: Fact = {
  table: "product_eng.pull_request_facts",
  key: ["repository", "number"],
  state: {
    ...LATEST,
    by: [...LATEST.by],
    columns: [
      ...["opened_at", "title", "author", "author_type", "labels", "reverts_pull_request", "reverts_commit"],
      ...["is_revert", "head_branch", "head_repository", "head_sha", "base_branch", "merge_commit_sha"],
      ...["merged_at", "closed_at"],
    ],
  },
  partition: { column: "opened_at", spreadDays: 0 },
  select: (received) => `SELECT
  repository,
  CAST(JSON_VALUE(event, '$.pullRequest.number') AS INT64) AS number,
  TIMESTAMP(JSON_VALUE(event, '$.pullRequest.createdAt')) AS opened_at,
  JSON_VALUE(event, '$.pullRequest.title') AS title,
  JSON_VALUE(event, '$.pullRequest.author') AS author,
  JSON_VALUE(event, '$.pullRequest.authorType') AS author_type,
  JSON_QUERY(event, '$.pullRequest.labels') AS labels,
  CAST(JSON_VALUE(event, '$.pullRequest.reverts.pullRequest') AS INT64) AS reverts_pull_request,
  JSON_VALUE(event, '$.pullRequest.reverts.commit') AS reverts_commit,
  IFNULL(JSON_TYPE(JSON_QUERY(event, '$.pullRequest.reverts')) = 'object', FALSE) AS is_revert,
  JSON_VALUE(event, '$.pullRequest.headBranch') AS head_branch,
  JSON_VALUE(event, '$.pullRequest.headRepository') AS head_repository,
  JSON_VALUE(event, '$.pullRequest.headSha') AS head_sha,
  JSON_VALUE(event, '$.pullRequest.baseBranch') AS base_branch,
  JSON_VALUE(event, '$.pullRequest.mergeCommitSha') AS merge_commit_sha,
  TIMESTAMP(JSON_VALUE(event, '$.pullRequest.mergedAt')) AS merged_at,
  TIMESTAMP(JSON_VALUE(event, '$.pullRequest.closedAt')) AS closed_at,
  COALESCE(TIMESTAMP(JSON_VALUE(event, '$.pullRequest.updatedAt')), time) AS updated_at,
  received_at,
  event_id
FROM product_eng.events
WHERE ${received("received_at")} AND source = 'github' AND STARTS_WITH(type, 'github.pull_request')`,
};

/** Reviews with their latest state. */
const reviews: Fact = {
  table: "product_eng.review_facts",
  payloadTime: "submitted_at",
  key: ["repository", "review_id"],
  state: {
    wins: "latest",
    by: ["received_at", "event_id"],
    columns: [
      "submitted_at",
      "pull_request_number",
      "pull_request_author",
      "author",
      "author_type",
      "state",
      "commit_sha",
    ],
  },
  partition: { column: "submitted_at", spreadDays: 0 },
  select: (received) => `SELECT
  repository,
  CAST(JSON_VALUE(event, '$.review.id') AS INT64) AS review_id,
  TIMESTAMP(JSON_VALUE(event, '$.review.submittedAt')) AS submitted_at,
  CAST(JSON_VALUE(event, '$.pullRequest.number') AS INT64) AS pull_request_number,
  JSON_VALUE(event, '$.pullRequest.author') AS pull_request_author,
  JSON_VALUE(event, '$.review.author') AS author,
  JSON_VALUE(payload, '$.review.user.type') AS author_type,
  LOWER(JSON_VALUE(event, '$.review.state')) AS state,
  JSON_VALUE(payload, '$.review.commit_id') AS commit_sha,
  received_at,
  event_id
FROM product_eng.events
WHERE ${received("received_at")} AND source = 'github' AND STARTS_WITH(type, 'github.pull_request_review.')`,
};

/** Issues with their latest state, without pull requests. */
const issues: Fact = {
  table: "product_eng.issue_facts",
  key: ["repository", "number"],
  state: {
    ...LATEST,
    by: [...LATEST.by],
    columns: ["opened_at", "title", "author", "state", "closed_at"],
  },
  partition: { column: "opened_at", spreadDays: 0 },
  select: (received) => `SELECT
  repository,
  CAST(JSON_VALUE(event, '$.issue.number') AS INT64) AS number,
  TIMESTAMP(JSON_VALUE(event, '$.issue.createdAt')) AS opened_at,
  JSON_VALUE(event, '$.issue.title') AS title,
  JSON_VALUE(event, '$.issue.author') AS author,
  JSON_VALUE(event, '$.issue.state') AS state,
  TIMESTAMP(JSON_VALUE(event, '$.issue.closedAt')) AS closed_at,
  COALESCE(TIMESTAMP(JSON_VALUE(event, '$.issue.updatedAt')), time) AS updated_at,
  received_at,
  event_id
FROM product_eng.events
WHERE ${received("received_at")}
  AND source = 'github'
  AND STARTS_WITH(type, 'github.issue')
  AND JSON_VALUE(event, '$.issue.isPullRequest') = 'false'`,
};

/** Commits that pushes list, a row per push and commit. */
const commits: Fact = {
  table: "product_eng.commit_facts",
  payloadTime: "pushed_at",
  key: ["repository", "branch", "sha", "pushed_at"],
  state: {
    wins: "latest",
    by: ["received_at", "event_id"],
    columns: ["is_default_branch"],
  },
  first: ["authored_at", "author", "title", "reverts_commit"],
  any: ["is_distinct"],
  partition: { column: "pushed_at", spreadDays: 0 },
  select: (received) => `SELECT
  push.repository,
  REGEXP_EXTRACT(JSON_VALUE(push.payload, '$.ref'), r'^refs/heads/(.+)$') AS branch,
  JSON_VALUE(pushed, '$.id') AS sha,
  push.time AS pushed_at,
  ${IS_MAIN_PUSH} AS is_default_branch,
  SAFE_CAST(JSON_VALUE(pushed, '$.timestamp') AS TIMESTAMP) AS authored_at,
  JSON_VALUE(pushed, '$.author.username') AS author,
  ${COMMIT_TITLE} AS title,
  ${REVERTED_COMMIT} AS reverts_commit,
  -- Commits that are not distinct arrived with a merge of another branch.
  IFNULL(JSON_VALUE(pushed, '$.distinct') = 'true', FALSE) AS is_distinct,
  push.received_at,
  push.event_id
FROM product_eng.events AS push, UNNEST(JSON_QUERY_ARRAY(push.payload, '$.commits')) AS pushed
WHERE ${received("push.received_at")} AND push.source = 'github' AND push.type = 'github.push'`,
};

/** Events of pull requests themselves, without reviews and comments, each once. */
const pullRequestEvents: Fact = {
  table: "product_eng.pull_request_event_facts",
  key: ["event_id"],
  state: {
    wins: "earliest",
    by: ["received_at"],
    columns: [
      ...["repository", "pull_request_number", "action", "happened_at", "actor", "is_draft", "additions"],
      ...["deletions", "changed_files", "commits", "merged_by", "dequeue_reason"],
    ],
  },
  // GitHub delivers again for three days.
  partition: { column: "received_at", spreadDays: 3 },
  select: (received) => `SELECT
  event_id,
  received_at,
  repository,
  CAST(JSON_VALUE(event, '$.pullRequest.number') AS INT64) AS pull_request_number,
  action,
  time AS happened_at,
  actor,
  CAST(JSON_VALUE(event, '$.pullRequest.isDraft') AS BOOL) AS is_draft,
  CAST(JSON_VALUE(event, '$.pullRequest.additions') AS INT64) AS additions,
  CAST(JSON_VALUE(event, '$.pullRequest.deletions') AS INT64) AS deletions,
  CAST(JSON_VALUE(event, '$.pullRequest.changedFiles') AS INT64) AS changed_files,
  CAST(JSON_VALUE(event, '$.pullRequest.commits') AS INT64) AS commits,
  JSON_VALUE(event, '$.pullRequest.mergedBy') AS merged_by,
  JSON_VALUE(event, '$.dequeueReason') AS dequeue_reason
FROM product_eng.events
WHERE ${received("received_at")}
  AND source = 'github'
  AND STARTS_WITH(type, 'github.pull_request.')
  AND repository IS NOT NULL`,
};

/** Size and drafts of pull requests, from the events of the pull request itself: those of reviews do not have them. */
const pullRequestDetails: Fact = {
  table: "product_eng.pull_request_detail_facts",
  key: ["repository", "number"],
  state: {
    wins: "latest",
    by: ["happened_at", "received_at", "event_id"],
    columns: ["opened_at", "is_draft", "additions", "deletions", "changed_files", "merged_by"],
  },
  first: ["ready_for_review_at"],
  any: ["was_draft"],
  partition: { column: "opened_at", spreadDays: 0 },
  select: (received) => `SELECT
  repository,
  CAST(JSON_VALUE(event, '$.pullRequest.number') AS INT64) AS number,
  TIMESTAMP(JSON_VALUE(event, '$.pullRequest.createdAt')) AS opened_at,
  CAST(JSON_VALUE(event, '$.pullRequest.isDraft') AS BOOL) AS is_draft,
  CAST(JSON_VALUE(event, '$.pullRequest.additions') AS INT64) AS additions,
  CAST(JSON_VALUE(event, '$.pullRequest.deletions') AS INT64) AS deletions,
  CAST(JSON_VALUE(event, '$.pullRequest.changedFiles') AS INT64) AS changed_files,
  JSON_VALUE(event, '$.pullRequest.mergedBy') AS merged_by,
  IF(action = 'ready_for_review', time, NULL) AS ready_for_review_at,
  action = 'opened' AND CAST(JSON_VALUE(event, '$.pullRequest.isDraft') AS BOOL) AS was_draft,
  time AS happened_at,
  received_at,
  event_id
FROM product_eng.events
WHERE ${received("received_at")} AND source = 'github' AND STARTS_WITH(type, 'github.pull_request.')`,
};

/** Events of groups of merge queues, each once. */
const mergeGroupEvents: Fact = {
  table: "product_eng.merge_group_event_facts",
  key: ["event_id"],
  state: {
    wins: "earliest",
    by: ["received_at"],
    columns: [
      ...["repository", "action", "pull_request_number", "head_sha", "base_branch", "reason", "happened_at"],
    ],
  },
  partition: { column: "received_at", spreadDays: 3 },
  select: (received) => `SELECT
  event_id,
  received_at,
  repository,
  action,
  CAST(JSON_VALUE(event, '$.mergeGroup.pullRequest') AS INT64) AS pull_request_number,
  JSON_VALUE(event, '$.mergeGroup.headSha') AS head_sha,
  JSON_VALUE(event, '$.mergeGroup.baseBranch') AS base_branch,
  JSON_VALUE(event, '$.mergeGroup.reason') AS reason,
  time AS happened_at
FROM product_eng.events
WHERE ${received("received_at")}
  AND source = 'github'
  AND STARTS_WITH(type, 'github.merge_group.')
  AND repository IS NOT NULL`,
};

/** Changes of the state of issues and pull requests, each event once. */
const activity: Fact = {
  table: "open_source.activity_facts",
  key: ["event_id"],
  state: {
    wins: "earliest",
    by: ["received_at"],
    columns: [
      ...["repository", "type", "action", "username", "user_type", "number", "opened_at", "happened_at"],
    ],
  },
  partition: { column: "opened_at", spreadDays: 0 },
  select: (received) => `SELECT
  event_id,
  COALESCE(IF(action = 'opened', created_at, updated_at), received_at) AS happened_at,
  repository,
  type,
  action,
  username,
  user_type,
  object_id AS number,
  created_at AS opened_at,
  received_at
FROM open_source.github_events
WHERE ${received("received_at")}
  AND type IN ('issues', 'pull_request')
  AND action IN ('opened', 'closed', 'merged', 'reopened', 'review_requested')`,
};

/** Comments on issues and pull requests, and reviews, each event once. Both are numbered together. */
const responses: Fact = {
  table: "open_source.response_facts",
  key: ["event_id"],
  state: {
    wins: "earliest",
    by: ["received_at"],
    columns: ["repository", "number", "is_review", "username", "user_type", "responded_at"],
  },
  partition: { column: "responded_at", spreadDays: 0 },
  select: (received) => `SELECT
  event_id,
  created_at AS responded_at,
  repository,
  target_id AS number,
  type = 'pull_request_review' AS is_review,
  username,
  user_type,
  received_at
FROM open_source.github_events
WHERE ${received("received_at")}
  AND ((type = 'issue_comment' AND action = 'created') OR (type = 'pull_request_review' AND action = 'submitted'))`,
};

/** Logins that the functions' configuration or GitHub takes for bots. */
const bots: Fact = {
  table: "open_source.bot_facts",
  key: ["username"],
  first: ["first_seen_at"],
  select: (received) => `SELECT username, received_at AS first_seen_at
FROM open_source.github_events
WHERE ${received("received_at")} AND user_type = 'bot'`,
};

export const githubFacts: Fact[] = [
  ...[pullRequests, pullRequestDetails, pullRequestEvents, reviews, issues, commits, mergeGroupEvents],
  ...[activity, responses, bots],
];
