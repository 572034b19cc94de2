-- Periods in which a check was red on a repository's default branch: from a failing verdict on its newest commit to the next passing one.
WITH runs AS (
  SELECT
    repository,
    check_name,
    check_run_id,
    head_sha,
    verdict,
    pushed_at,
    -- A sender's clock may be ahead of ours.
    LEAST(COALESCE(started_at, completed_at), completed_at, received_at) AS started_at,
    LEAST(completed_at, received_at) AS completed_at
  FROM product_eng.main_check_runs
),
commits AS (
  SELECT
    repository,
    head_sha,
    MIN(started_at) AS first_started_at,
    -- A repeated run of an older commit starts late: the push gives the order, or the first run of any check.
    COALESCE(MIN(pushed_at), MIN(started_at)) AS arrived_at,
    MIN(IF(verdict IS NULL, NULL, completed_at)) AS first_verdict_at
  FROM runs
  GROUP BY repository, head_sha
),
failures AS (
  -- A failure of a commit stands until a run that started after it passes.
  SELECT
    failed.repository,
    failed.check_name,
    failed.head_sha,
    failed.check_run_id,
    failed.started_at,
    MIN(passed.completed_at) AS cleared_at
  FROM runs AS failed
  LEFT JOIN runs AS passed
    ON passed.repository = failed.repository
    AND passed.check_name = failed.check_name
    AND passed.head_sha = failed.head_sha
    AND passed.verdict = 'passed'
    AND passed.started_at >= failed.completed_at
  WHERE failed.verdict = 'failed'
  GROUP BY failed.repository, failed.check_name, failed.head_sha, failed.check_run_id, failed.started_at, failed.completed_at
),
beside_failures AS (
  -- Two workflows may have a job of one name: while one of them fails, the pass of the other shows nothing.
  SELECT passed.repository, passed.check_run_id, passed.completed_at
  FROM runs AS passed
  JOIN failures
    ON failures.repository = passed.repository
    AND failures.check_name = passed.check_name
    AND failures.head_sha = passed.head_sha
    AND failures.started_at < passed.completed_at
    AND (failures.cleared_at IS NULL OR failures.cleared_at > passed.completed_at)
  WHERE passed.verdict = 'passed'
  GROUP BY passed.repository, passed.check_run_id, passed.completed_at
),
ranked AS (
  SELECT
    runs.*,
    ROW_NUMBER() OVER (
      PARTITION BY runs.repository, runs.check_name
      ORDER BY commits.arrived_at, commits.first_started_at, runs.head_sha, runs.started_at, runs.completed_at, runs.check_run_id
    ) AS recency
  FROM runs
  JOIN commits
    ON commits.repository = runs.repository AND commits.head_sha = runs.head_sha
  LEFT JOIN beside_failures
    ON beside_failures.repository = runs.repository
    AND beside_failures.check_run_id = runs.check_run_id
    AND beside_failures.completed_at = runs.completed_at
  WHERE runs.verdict IS NOT NULL AND beside_failures.check_run_id IS NULL
),
ordered AS (
  SELECT
    *,
    MAX(recency) OVER (
      PARTITION BY repository, check_name ORDER BY completed_at, started_at, check_run_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS newest_recency
  FROM ranked
),
current_verdicts AS (
  SELECT *
  FROM ordered
  -- A verdict on an older commit that arrives after a newer one's does not describe the branch's present state.
  WHERE newest_recency IS NULL OR recency > newest_recency
),
grouped AS (
  SELECT
    *,
    COUNTIF(verdict = 'passed') OVER (
      PARTITION BY repository, check_name ORDER BY completed_at, started_at, check_run_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS passes_before,
    MIN(IF(verdict = 'passed', completed_at, NULL)) OVER (
      PARTITION BY repository, check_name ORDER BY completed_at, started_at, check_run_id
      ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
    ) AS next_passed_at,
    FIRST_VALUE(IF(verdict = 'passed', head_sha, NULL) IGNORE NULLS) OVER (
      PARTITION BY repository, check_name ORDER BY completed_at, started_at, check_run_id
      ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
    ) AS next_passed_sha
  FROM current_verdicts
),
periods AS (
  SELECT
    repository,
    check_name,
    ARRAY_AGG(head_sha ORDER BY completed_at, started_at, check_run_id LIMIT 1)[OFFSET(0)] AS broken_by_sha,
    MIN(next_passed_sha) AS fixed_by_sha,
    COUNT(*) AS failed_runs,
    MIN(completed_at) AS red_from,
    MIN(next_passed_at) AS red_until
  FROM grouped
  WHERE verdict = 'failed'
  GROUP BY repository, check_name, passes_before
),
last_runs AS (
  SELECT
    runs.repository,
    runs.check_name,
    MAX(commits.arrived_at) AS arrived_at,
    MAX(runs.completed_at) AS completed_at
  FROM runs
  JOIN commits
    ON commits.repository = runs.repository AND commits.head_sha = runs.head_sha
  -- A run that was skipped, canceled or neutral says nothing about the commit, as if there were none.
  WHERE runs.verdict IS NOT NULL
  GROUP BY runs.repository, runs.check_name
),
abandoned AS (
  -- A check that was renamed, removed or switched off: it has had no verdict for a week, and other checks had one on at least three newer
  -- commits.
  SELECT last_runs.repository, last_runs.check_name, MIN(commits.first_verdict_at) AS abandoned_at
  FROM last_runs
  JOIN commits
    ON commits.repository = last_runs.repository AND commits.arrived_at > last_runs.arrived_at
  WHERE last_runs.completed_at < TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 7 DAY)
  GROUP BY last_runs.repository, last_runs.check_name
  HAVING COUNT(commits.first_verdict_at) >= 3
),
ended AS (
  SELECT
    periods.repository,
    periods.check_name,
    periods.broken_by_sha,
    periods.fixed_by_sha,
    periods.failed_runs,
    periods.red_from,
    COALESCE(
      periods.red_until,
      IF(abandoned.abandoned_at IS NULL, NULL, GREATEST(abandoned.abandoned_at, periods.red_from))
    ) AS red_until,
    periods.red_until IS NULL AND abandoned.abandoned_at IS NOT NULL AS is_abandoned
  FROM periods
  LEFT JOIN abandoned
    ON abandoned.repository = periods.repository AND abandoned.check_name = periods.check_name
)
SELECT
  repository,
  check_name,
  broken_by_sha,
  fixed_by_sha,
  failed_runs,
  red_from,
  red_until,
  -- A sender's clock may be ahead of ours.
  GREATEST(TIMESTAMP_DIFF(COALESCE(red_until, CURRENT_TIMESTAMP()), red_from, MILLISECOND), 0) / 1000 AS red_seconds,
  is_abandoned
FROM ended
