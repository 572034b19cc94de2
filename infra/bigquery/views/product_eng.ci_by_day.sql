-- Checks per repository, kind of branch and day: how often they ran, failed and were flaky, and how long they ran and waited.
-- Days without a run have no row.
WITH runs AS (
  SELECT
    repository,
    check_name,
    branch_kind,
    DATE(completed_at, settings.time_zone) AS day,
    verdict,
    queue_seconds,
    -- A run without a verdict was stopped early: its duration is not the check's.
    IF(verdict IS NOT NULL, duration_seconds, NULL) AS duration_seconds
  FROM product_eng.check_runs
  CROSS JOIN product_eng.organization AS settings
),
percentiles AS (
  SELECT
    *,
    PERCENTILE_CONT(duration_seconds, 0.5) OVER (PARTITION BY repository, check_name, branch_kind, day) AS duration_p50,
    PERCENTILE_CONT(duration_seconds, 0.9) OVER (PARTITION BY repository, check_name, branch_kind, day) AS duration_p90,
    PERCENTILE_CONT(duration_seconds, 0.95) OVER (PARTITION BY repository, check_name, branch_kind, day) AS duration_p95,
    PERCENTILE_CONT(queue_seconds, 0.5) OVER (PARTITION BY repository, check_name, branch_kind, day) AS queue_p50,
    PERCENTILE_CONT(queue_seconds, 0.9) OVER (PARTITION BY repository, check_name, branch_kind, day) AS queue_p90
  FROM runs
),
days AS (
  SELECT
    repository,
    check_name,
    branch_kind,
    day,
    COUNT(*) AS runs,
    COUNTIF(verdict = 'passed') AS passed,
    COUNTIF(verdict = 'failed') AS failed,
    MIN(duration_p50) AS duration_seconds_p50,
    MIN(duration_p90) AS duration_seconds_p90,
    MIN(duration_p95) AS duration_seconds_p95,
    MIN(queue_p50) AS queue_seconds_p50,
    MIN(queue_p90) AS queue_seconds_p90
  FROM percentiles
  GROUP BY repository, check_name, branch_kind, day
),
flakes AS (
  SELECT
    repository,
    check_name,
    branch_kind,
    DATE(first_completed_at, settings.time_zone) AS day,
    COUNT(*) AS commits,
    COUNTIF(is_flaky) AS flaky_commits
  FROM product_eng.check_commits
  CROSS JOIN product_eng.organization AS settings
  GROUP BY repository, check_name, branch_kind, day
)
SELECT
  repository,
  check_name,
  branch_kind,
  day,
  days.runs,
  days.passed,
  days.failed,
  SAFE_DIVIDE(days.failed, days.passed + days.failed) AS failure_rate,
  IFNULL(flakes.commits, 0) AS commits,
  IFNULL(flakes.flaky_commits, 0) AS flaky_commits,
  SAFE_DIVIDE(flakes.flaky_commits, flakes.commits) AS flake_rate,
  days.duration_seconds_p50,
  days.duration_seconds_p90,
  days.duration_seconds_p95,
  days.queue_seconds_p50,
  days.queue_seconds_p90
FROM days
LEFT JOIN flakes USING (repository, check_name, branch_kind, day)
