-- Every completed run of a check. A check that ran again under the same id has a row for each completion.
WITH completions AS (
  SELECT
    repository,
    CAST(JSON_VALUE(event, '$.checkRun.id') AS INT64) AS check_run_id,
    JSON_VALUE(event, '$.checkRun.name') AS check_name,
    JSON_VALUE(event, '$.checkRun.headSha') AS head_sha,
    JSON_VALUE(event, '$.checkRun.headBranch') AS head_branch,
    JSON_VALUE(event, '$.checkRun.conclusion') AS conclusion,
    CAST(JSON_VALUE(event, '$.checkRun.pullRequests[0].number') AS INT64) AS pull_request_number,
    CAST(JSON_VALUE(event, '$.checkRun.checkSuiteId') AS INT64) AS check_suite_id,
    JSON_VALUE(payload, '$.repository.default_branch') AS default_branch,
    TIMESTAMP(JSON_VALUE(event, '$.checkRun.startedAt')) AS started_at,
    COALESCE(TIMESTAMP(JSON_VALUE(event, '$.checkRun.completedAt')), time) AS completed_at,
    received_at,
    event_id
  FROM product_eng.events_deduplicated
  WHERE source = 'github' AND repository IS NOT NULL AND JSON_VALUE(event, '$.checkRun.status') = 'completed'
),
runs AS (
  SELECT
    *,
    ROW_NUMBER() OVER (PARTITION BY repository, check_run_id ORDER BY completed_at) AS attempt
  FROM (
    SELECT *
    FROM completions
    WHERE TRUE
    -- GitHub sends a completed run again if it changes afterwards.
    QUALIFY ROW_NUMBER() OVER (PARTITION BY repository, check_run_id, completed_at ORDER BY received_at DESC, event_id) = 1
  )
),
pushes AS (
  SELECT repository, time AS pushed_at, payload
  FROM product_eng.events_deduplicated
  WHERE source = 'github'
    AND type = 'github.push'
    AND JSON_VALUE(payload, '$.ref') = CONCAT('refs/heads/', JSON_VALUE(payload, '$.repository.default_branch'))
),
-- GitHub names a run's branch without its repository: a fork's branch may have the default branch's name. So only a push or a merge shows
-- that a commit is on the default branch.
main_commits AS (
  SELECT repository, sha, MIN(pushed_at) AS pushed_at
  FROM (
    SELECT repository, JSON_VALUE(payload, '$.after') AS sha, pushed_at
    FROM pushes
    UNION ALL
    SELECT repository, JSON_VALUE(pushed, '$.id') AS sha, pushed_at
    FROM pushes, UNNEST(JSON_QUERY_ARRAY(payload, '$.commits')) AS pushed
    UNION ALL
    -- The branch's head before its first known push: nothing says when it was pushed.
    SELECT repository, JSON_VALUE(payload, '$.before') AS sha, CAST(NULL AS TIMESTAMP) AS pushed_at
    FROM pushes
    UNION ALL
    SELECT repository, JSON_VALUE(event, '$.pullRequest.mergeCommitSha') AS sha, CAST(NULL AS TIMESTAMP) AS pushed_at
    FROM product_eng.events_deduplicated
    WHERE source = 'github'
      AND JSON_VALUE(event, '$.pullRequest.merged') = 'true'
      AND JSON_VALUE(event, '$.pullRequest.baseBranch') = JSON_VALUE(payload, '$.repository.default_branch')
  )
  WHERE sha IS NOT NULL
  GROUP BY repository, sha
),
queued AS (
  SELECT
    repository,
    CAST(JSON_VALUE(event, '$.checkRun.id') AS INT64) AS check_run_id,
    MIN(time) AS queued_at
  FROM product_eng.events_deduplicated
  WHERE source = 'github' AND JSON_VALUE(event, '$.checkRun.status') = 'queued'
  GROUP BY repository, check_run_id
),
jobs AS (
  SELECT
    repository,
    CAST(REGEXP_EXTRACT(JSON_VALUE(payload, '$.workflow_job.check_run_url'), r'/check-runs/(\d+)$') AS INT64) AS check_run_id,
    MIN(SAFE_CAST(JSON_VALUE(payload, '$.workflow_job.created_at') AS TIMESTAMP)) AS queued_at
  FROM product_eng.events_deduplicated
  WHERE STARTS_WITH(type, 'github.workflow_job.')
  GROUP BY repository, check_run_id
),
timed AS (
  SELECT
    runs.*,
    -- The time of queueing is known for a first run only.
    IF(runs.attempt = 1, COALESCE(jobs.queued_at, queued.queued_at), NULL) AS queued_at,
    main_commits.pushed_at,
    main_commits.sha IS NOT NULL AS is_main_commit,
    LOGICAL_OR(runs.pull_request_number IS NOT NULL) OVER (PARTITION BY runs.repository, runs.head_sha) AS has_pull_request
  FROM runs
  LEFT JOIN queued
    ON queued.repository = runs.repository AND queued.check_run_id = runs.check_run_id
  LEFT JOIN jobs
    ON jobs.repository = runs.repository AND jobs.check_run_id = runs.check_run_id
  LEFT JOIN main_commits
    ON main_commits.repository = runs.repository AND main_commits.sha = runs.head_sha
),
placed AS (
  SELECT
    *,
    head_branch = default_branch OR (default_branch IS NULL AND head_branch IN ('main', 'master')) AS has_main_name
  FROM timed
)
SELECT
  repository,
  check_run_id,
  attempt,
  check_name,
  head_sha,
  head_branch,
  CASE
    WHEN has_main_name AND is_main_commit THEN 'main'
    -- GitHub sends neither branch nor pull request for commits of forks, and lists a commit's open pull requests only.
    WHEN has_pull_request OR has_main_name OR head_branch IS NULL THEN 'pull_request'
    ELSE 'other'
  END AS branch_kind,
  pull_request_number,
  conclusion,
  CASE WHEN conclusion = 'success' THEN 'passed' WHEN conclusion IN ('failure', 'timed_out') THEN 'failed' END AS verdict,
  queued_at,
  started_at,
  completed_at,
  IF(started_at >= queued_at, TIMESTAMP_DIFF(started_at, queued_at, MILLISECOND) / 1000, NULL) AS queue_seconds,
  IF(completed_at >= started_at, TIMESTAMP_DIFF(completed_at, started_at, MILLISECOND) / 1000, NULL) AS duration_seconds,
  check_suite_id,
  pushed_at,
  received_at
FROM placed
