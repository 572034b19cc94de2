import { COMMIT_TITLE, IS_MAIN_PUSH, REVERTED_COMMIT } from "./commit-fields.ts";
import type { Fact } from "./define-fact.ts";

const RUN_KEY = ["repository", "check_run_id", "completed_at"];

/**
 * Completed runs of checks: a row per completion, because a check may run again under the same id. `attempt` counts the completions of
 * the last 30 days under the id. `queued_at` is the time of queueing within two days before the completion, known for a first attempt only.
 */
const checkRuns: Fact = {
  table: "product_eng.check_run_facts",
  payloadTime: "completed_at",
  key: RUN_KEY,
  // GitHub sends a completed run again if it changes afterwards.
  state: {
    wins: "latest",
    by: ["received_at", "event_id"],
    columns: [
      ...["check_name", "head_sha", "head_branch", "default_branch", "conclusion", "pull_request_number"],
      ...["check_suite_id", "started_at"],
    ],
  },
  partition: { column: "completed_at", spreadDays: 0 },
  select: (received) => `SELECT
  repository,
  CAST(JSON_VALUE(event, '$.checkRun.id') AS INT64) AS check_run_id,
  COALESCE(TIMESTAMP(JSON_VALUE(event, '$.checkRun.completedAt')), time) AS completed_at,
  JSON_VALUE(event, '$.checkRun.name') AS check_name,
  JSON_VALUE(event, '$.checkRun.headSha') AS head_sha,
  JSON_VALUE(event, '$.checkRun.headBranch') AS head_branch,
  JSON_VALUE(payload, '$.repository.default_branch') AS default_branch,
  JSON_VALUE(event, '$.checkRun.conclusion') AS conclusion,
  CAST(JSON_VALUE(event, '$.checkRun.pullRequests[0].number') AS INT64) AS pull_request_number,
  CAST(JSON_VALUE(event, '$.checkRun.checkSuiteId') AS INT64) AS check_suite_id,
  TIMESTAMP(JSON_VALUE(event, '$.checkRun.startedAt')) AS started_at,
  received_at,
  event_id
FROM product_eng.events
WHERE ${received("received_at")}
  AND source = 'github'
  AND STARTS_WITH(type, 'github.check_run')
  AND JSON_VALUE(event, '$.checkRun.status') = 'completed'`,
  derive: {
    from: ["product_eng.check_run_facts", "product_eng.check_queue_facts"],
    statement: (since) => `MERGE product_eng.check_run_facts AS fact
USING (
  SELECT
    run.repository,
    run.check_run_id,
    run.completed_at,
    run.attempt,
    IF(run.attempt = 1, COALESCE(MIN(IF(queue.is_job, queue.queued_at, NULL)), MIN(queue.queued_at)), NULL) AS queued_at
  FROM (
    SELECT
      repository,
      check_run_id,
      completed_at,
      COUNT(*) OVER (
        PARTITION BY repository, check_run_id ORDER BY UNIX_MICROS(completed_at)
        RANGE BETWEEN 2592000000000 PRECEDING AND CURRENT ROW
      ) AS attempt
    FROM product_eng.check_run_facts
    WHERE completed_at >= TIMESTAMP_SUB(${since}, INTERVAL 30 DAY)
  ) AS run
  LEFT JOIN (
    SELECT repository, check_run_id, queued_at, is_job
    FROM product_eng.check_queue_facts
    WHERE queued_at >= TIMESTAMP_SUB(${since}, INTERVAL 2 DAY)
  ) AS queue
    ON queue.repository = run.repository
    AND queue.check_run_id = run.check_run_id
    AND queue.queued_at <= run.completed_at
    AND queue.queued_at > TIMESTAMP_SUB(run.completed_at, INTERVAL 2 DAY)
  WHERE run.completed_at >= ${since}
  GROUP BY run.repository, run.check_run_id, run.completed_at, run.attempt
) AS received
ON ${RUN_KEY.map((column) => `fact.${column} = received.${column}`).join(" AND ")} AND fact.completed_at >= ${since}
WHEN MATCHED AND (
  IFNULL(fact.attempt, 0) <> received.attempt
  OR IFNULL(fact.queued_at, TIMESTAMP '0001-01-01 00:00:00') <> IFNULL(received.queued_at, TIMESTAMP '0001-01-01 00:00:00')
) THEN UPDATE SET attempt = received.attempt, queued_at = received.queued_at`,
  },
};

/** Completed runs whose branch has the name of the default branch: a small part of all, which the history of red main reads as a whole. */
const mainCheckRuns: Fact = {
  table: "product_eng.main_check_run_facts",
  payloadTime: "completed_at",
  key: RUN_KEY,
  state: {
    wins: "latest",
    by: ["received_at", "event_id"],
    columns: ["check_name", "head_sha", "conclusion", "started_at"],
  },
  partition: { column: "completed_at", spreadDays: 0 },
  select: (received) => `SELECT
  repository,
  check_run_id,
  completed_at,
  check_name,
  head_sha,
  conclusion,
  started_at,
  received_at,
  event_id
FROM (
${checkRuns.select(received)}
) AS runs
WHERE head_branch = default_branch OR (default_branch IS NULL AND head_branch IN ('main', 'master'))`,
};

/**
 * Commits that a push or a merge brought to a default branch. `pushed_at` is NULL for a branch's head before its first known push, and for a
 * merge whose push is unknown.
 */
const mainCommits: Fact = {
  table: "product_eng.main_commit_facts",
  payloadTime: "seen_at",
  key: ["repository", "sha"],
  first: ["pushed_at", "seen_at", "title", "reverts_commit"],
  any: ["is_listed"],
  select: (received) => `SELECT
  repository,
  sha,
  IF(is_pushed, seen_at, NULL) AS pushed_at,
  seen_at,
  title,
  reverts_commit,
  is_listed
FROM (
  SELECT
    push.repository,
    JSON_VALUE(pushed, '$.id') AS sha,
    TRUE AS is_pushed,
    push.time AS seen_at,
    ${COMMIT_TITLE} AS title,
    ${REVERTED_COMMIT} AS reverts_commit,
    TRUE AS is_listed
  FROM product_eng.events AS push, UNNEST(JSON_QUERY_ARRAY(push.payload, '$.commits')) AS pushed
  WHERE ${received("push.received_at")} AND push.source = 'github' AND push.type = 'github.push' AND ${IS_MAIN_PUSH}
  UNION ALL
  SELECT
    push.repository,
    IF(place = 'after', JSON_VALUE(push.payload, '$.after'), JSON_VALUE(push.payload, '$.before')) AS sha,
    place = 'after' AS is_pushed,
    push.time AS seen_at,
    CAST(NULL AS STRING) AS title,
    CAST(NULL AS STRING) AS reverts_commit,
    FALSE AS is_listed
  FROM product_eng.events AS push, UNNEST(['before', 'after']) AS place
  WHERE ${received("push.received_at")} AND push.source = 'github' AND push.type = 'github.push' AND ${IS_MAIN_PUSH}
  UNION ALL
  SELECT
    repository,
    JSON_VALUE(event, '$.pullRequest.mergeCommitSha') AS sha,
    FALSE AS is_pushed,
    time AS seen_at,
    CAST(NULL AS STRING) AS title,
    CAST(NULL AS STRING) AS reverts_commit,
    FALSE AS is_listed
  FROM product_eng.events
  WHERE ${received("received_at")}
    AND source = 'github'
    AND STARTS_WITH(type, 'github.pull_request')
    AND JSON_VALUE(event, '$.pullRequest.merged') = 'true'
    AND JSON_VALUE(event, '$.pullRequest.baseBranch') = JSON_VALUE(payload, '$.repository.default_branch')
) AS commits`,
};

/** Times at which runs of checks were queued: GitHub created a job of Actions, or sent a run with the status queued. */
const checkQueue: Fact = {
  table: "product_eng.check_queue_facts",
  payloadTime: "queued_at",
  key: ["repository", "check_run_id", "queued_at", "is_job"],
  partition: { column: "queued_at", spreadDays: 0 },
  select: (received) => `SELECT
  repository,
  CAST(JSON_VALUE(event, '$.checkRun.id') AS INT64) AS check_run_id,
  time AS queued_at,
  FALSE AS is_job
FROM product_eng.events
WHERE ${received("received_at")}
  AND source = 'github'
  AND STARTS_WITH(type, 'github.check_run')
  AND JSON_VALUE(event, '$.checkRun.status') = 'queued'
UNION ALL
SELECT
  repository,
  CAST(REGEXP_EXTRACT(JSON_VALUE(payload, '$.workflow_job.check_run_url'), r'/check-runs/(\\d+)$') AS INT64) AS check_run_id,
  SAFE_CAST(JSON_VALUE(payload, '$.workflow_job.created_at') AS TIMESTAMP) AS queued_at,
  TRUE AS is_job
FROM product_eng.events
WHERE ${received("received_at")} AND source = 'github' AND STARTS_WITH(type, 'github.workflow_job.')`,
};

/** Jobs of GitHub Actions with their latest status. */
const workflowJobs: Fact = {
  table: "product_eng.workflow_job_facts",
  payloadTime: "created_at",
  key: ["repository", "job_id", "created_at"],
  state: {
    wins: "latest",
    by: ["stage", "received_at", "event_id"],
    columns: [
      ...["run_id", "run_attempt", "workflow_name", "job_name", "labels", "runner_name"],
      ...[
        "runner_group",
        "head_sha",
        "head_branch",
        "status",
        "conclusion",
        "started_at",
        "completed_at",
        "is_public",
      ],
    ],
  },
  partition: { column: "created_at", spreadDays: 0 },
  select: (received) => `SELECT
  repository,
  CAST(JSON_VALUE(payload, '$.workflow_job.id') AS INT64) AS job_id,
  SAFE_CAST(JSON_VALUE(payload, '$.workflow_job.created_at') AS TIMESTAMP) AS created_at,
  CAST(JSON_VALUE(payload, '$.workflow_job.run_id') AS INT64) AS run_id,
  CAST(JSON_VALUE(payload, '$.workflow_job.run_attempt') AS INT64) AS run_attempt,
  JSON_VALUE(payload, '$.workflow_job.workflow_name') AS workflow_name,
  JSON_VALUE(payload, '$.workflow_job.name') AS job_name,
  JSON_QUERY(payload, '$.workflow_job.labels') AS labels,
  NULLIF(JSON_VALUE(payload, '$.workflow_job.runner_name'), '') AS runner_name,
  JSON_VALUE(payload, '$.workflow_job.runner_group_name') AS runner_group,
  JSON_VALUE(payload, '$.workflow_job.head_sha') AS head_sha,
  JSON_VALUE(payload, '$.workflow_job.head_branch') AS head_branch,
  JSON_VALUE(payload, '$.workflow_job.status') AS status,
  JSON_VALUE(payload, '$.workflow_job.conclusion') AS conclusion,
  SAFE_CAST(JSON_VALUE(payload, '$.workflow_job.started_at') AS TIMESTAMP) AS started_at,
  SAFE_CAST(JSON_VALUE(payload, '$.workflow_job.completed_at') AS TIMESTAMP) AS completed_at,
  IFNULL(JSON_VALUE(event, '$.repository.private') = 'false', FALSE) AS is_public,
  CASE type WHEN 'github.workflow_job.completed' THEN 3 WHEN 'github.workflow_job.in_progress' THEN 2 ELSE 1 END AS stage,
  received_at,
  event_id
FROM product_eng.events
WHERE ${received("received_at")} AND source = 'github' AND STARTS_WITH(type, 'github.workflow_job.')`,
};

/** Commits for which a check ran as the head of a pull request, per day. */
const heads: Fact = {
  table: "product_eng.head_facts",
  key: ["repository", "sha", "seen_on"],
  any: ["ran_for_pull_request"],
  partition: { column: "seen_on", spreadDays: 0 },
  select: (received) => `SELECT
  repository,
  JSON_VALUE(event, '$.checkRun.headSha') AS sha,
  TIMESTAMP_TRUNC(time, DAY) AS seen_on,
  TRUE AS ran_for_pull_request
FROM product_eng.events
WHERE ${received("received_at")}
  AND source = 'github'
  AND STARTS_WITH(type, 'github.check_run')
  AND JSON_VALUE(event, '$.checkRun.status') = 'completed'
  AND JSON_VALUE(event, '$.checkRun.pullRequests[0].number') IS NOT NULL`,
};

export const ciFacts: Fact[] = [checkQueue, checkRuns, mainCheckRuns, mainCommits, workflowJobs, heads];
