-- Every commit with a check's verdict, and how long it took until all its checks had passed. Of a repository whose required checks the
-- configuration names, those count; of another one, all. A commit that is checked again more than seven days later has another row.
WITH checks AS (
  SELECT checked.*
  FROM product_eng.check_commits AS checked
  LEFT JOIN product_eng.required_checks AS named
    ON named.repository = checked.repository AND named.check_name = checked.check_name
  LEFT JOIN (SELECT repository FROM product_eng.required_checks GROUP BY repository) AS strict
    ON strict.repository = checked.repository
  WHERE strict.repository IS NULL OR named.check_name IS NOT NULL
),
commits AS (
  SELECT
    repository,
    head_sha,
    seen_at,
    CASE
      WHEN LOGICAL_OR(branch_kind = 'main') THEN 'main'
      WHEN LOGICAL_OR(branch_kind = 'pull_request') THEN 'pull_request'
      ELSE 'other'
    END AS branch_kind,
    -- A commit that is checked again long after its push, as by a scheduled workflow, did not become red then.
    IFNULL(MIN(IF(pushed_at >= TIMESTAMP_SUB(seen_at, INTERVAL 7 DAY), pushed_at, NULL)), MIN(begun_at)) AS begun_at,
    COUNT(*) AS checks,
    COUNTIF(first_passed_at IS NULL) AS red_checks,
    SUM(runs) - COUNT(*) AS repeated_runs,
    IF(COUNTIF(first_passed_at IS NULL) = 0, MAX(first_passed_at), NULL) AS green_at
  FROM checks
  GROUP BY repository, head_sha, seen_at
)
SELECT
  commits.repository,
  commits.head_sha,
  commits.branch_kind,
  commits.begun_at,
  commits.green_at,
  IF(
    commits.green_at >= commits.begun_at,
    TIMESTAMP_DIFF(commits.green_at, commits.begun_at, MILLISECOND) / 1000,
    NULL
  ) AS seconds_to_green,
  commits.checks,
  commits.red_checks,
  commits.repeated_runs,
  IFNULL(owner.service, REGEXP_EXTRACT(commits.repository, r'/(.+)$')) AS service,
  owner.team,
  commits.seen_at
FROM commits
LEFT JOIN product_eng.service_repositories AS owner
  ON owner.repository = commits.repository
