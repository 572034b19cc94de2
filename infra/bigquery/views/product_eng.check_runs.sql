-- Every completed run of a check. A check that ran again under the same id has a row for each completion.
WITH heads AS (
  SELECT repository, sha
  FROM product_eng.head_facts
  WHERE ran_for_pull_request
  GROUP BY repository, sha
),
placed AS (
  SELECT
    runs.*,
    main_commits.pushed_at,
    -- GitHub names a run's branch without its repository: a fork's branch may have the default branch's name. So only a push or a merge shows
    -- that a commit is on the default branch.
    main_commits.sha IS NOT NULL AS is_main_commit,
    heads.sha IS NOT NULL AS has_pull_request,
    runs.head_branch = runs.default_branch
      OR (runs.default_branch IS NULL AND runs.head_branch IN ('main', 'master')) AS has_main_name
  FROM product_eng.check_run_facts AS runs
  LEFT JOIN product_eng.main_commit_facts AS main_commits
    ON main_commits.repository = runs.repository AND main_commits.sha = runs.head_sha
  LEFT JOIN heads
    ON heads.repository = runs.repository AND heads.sha = runs.head_sha
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
