-- Every commit with a verdict of a check, and whether the check was flaky: failed, then passed on the same commit.
WITH suites AS (
  -- Two workflows may have a job of one name: a repeated run stays in its suite, and starts after the run that it repeats.
  SELECT
    repository,
    check_name,
    branch_kind,
    head_sha,
    COUNT(*) AS runs,
    COUNTIF(verdict = 'passed') AS passed,
    COUNTIF(verdict = 'failed') AS failed,
    MIN(completed_at) AS first_completed_at,
    IFNULL(
      MIN(IF(verdict = 'failed', completed_at, NULL)) <= MAX(IF(verdict = 'passed', COALESCE(started_at, completed_at), NULL)),
      FALSE
    ) AS is_flaky
  FROM product_eng.check_runs
  WHERE verdict IS NOT NULL
  GROUP BY repository, check_name, branch_kind, head_sha, check_suite_id
)
SELECT
  repository,
  check_name,
  branch_kind,
  head_sha,
  SUM(runs) AS runs,
  SUM(passed) AS passed,
  SUM(failed) AS failed,
  MIN(first_completed_at) AS first_completed_at,
  LOGICAL_OR(is_flaky) AS is_flaky
FROM suites
GROUP BY repository, check_name, branch_kind, head_sha
