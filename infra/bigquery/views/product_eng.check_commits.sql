-- Every commit with a verdict of a check, and whether the check was flaky: failed, then passed on the same commit.
SELECT
  repository,
  check_name,
  branch_kind,
  head_sha,
  COUNT(*) AS runs,
  COUNTIF(verdict = 'passed') AS passed,
  COUNTIF(verdict = 'failed') AS failed,
  MIN(completed_at) AS first_completed_at,
  IFNULL(MIN(IF(verdict = 'failed', completed_at, NULL)) < MAX(IF(verdict = 'passed', completed_at, NULL)), FALSE) AS is_flaky
FROM product_eng.check_runs
WHERE verdict IS NOT NULL
GROUP BY repository, check_name, branch_kind, head_sha
