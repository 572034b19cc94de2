-- Periods in which a check was red on a repository's default branch: from a failing verdict to the next passing one.
WITH verdicts AS (
  SELECT
    repository,
    check_name,
    check_run_id,
    head_sha,
    verdict,
    COALESCE(started_at, completed_at) AS started_at,
    completed_at
  FROM product_eng.check_runs
  WHERE branch_kind = 'main' AND verdict IS NOT NULL
),
ordered AS (
  SELECT
    *,
    MAX(started_at) OVER (
      PARTITION BY repository, check_name ORDER BY completed_at, started_at, check_run_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS latest_start
  FROM verdicts
),
current_verdicts AS (
  SELECT *
  FROM ordered
  -- A verdict on an older commit that arrives after a newer one's does not describe the branch's present state.
  WHERE latest_start IS NULL OR started_at >= latest_start
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
)
SELECT
  *,
  -- A sender's clock may be ahead of ours.
  GREATEST(TIMESTAMP_DIFF(COALESCE(red_until, CURRENT_TIMESTAMP()), red_from, MILLISECOND), 0) / 1000 AS red_seconds
FROM periods
