-- Every commit with a check's verdict, and how long it took until all its checks had passed. Of a repository whose required checks the
-- configuration names, those count; of another one, all.
WITH checks AS (
  SELECT
    run.repository,
    run.head_sha,
    run.check_name,
    -- A commit's runs may be seen before and after its pull request: main outranks pull_request, and that outranks other.
    LOGICAL_OR(run.branch_kind = 'pull_request') AS is_pull_request,
    LOGICAL_OR(run.branch_kind = 'main') AS is_main,
    MIN(run.pushed_at) AS pushed_at,
    MIN(LEAST(IFNULL(run.queued_at, run.completed_at), IFNULL(run.started_at, run.completed_at), run.completed_at)) AS first_seen_at,
    MIN(IF(run.verdict = 'passed', run.completed_at, NULL)) AS passed_at,
    COUNTIF(run.verdict IS NOT NULL) AS runs
  FROM product_eng.check_runs AS run
  LEFT JOIN product_eng.required_checks AS named
    ON named.repository = run.repository AND named.check_name = run.check_name
  LEFT JOIN (SELECT repository FROM product_eng.required_checks GROUP BY repository) AS strict
    ON strict.repository = run.repository
  WHERE run.verdict IS NOT NULL AND (strict.repository IS NULL OR named.check_name IS NOT NULL)
  GROUP BY run.repository, run.head_sha, run.check_name
),
commits AS (
  SELECT
    repository,
    head_sha,
    CASE WHEN LOGICAL_OR(is_main) THEN 'main' WHEN LOGICAL_OR(is_pull_request) THEN 'pull_request' ELSE 'other' END AS branch_kind,
    IFNULL(MIN(pushed_at), MIN(first_seen_at)) AS begun_at,
    COUNT(*) AS checks,
    COUNTIF(passed_at IS NULL) AS red_checks,
    SUM(runs) - COUNT(*) AS repeated_runs,
    IF(COUNTIF(passed_at IS NULL) = 0, MAX(passed_at), NULL) AS green_at
  FROM checks
  GROUP BY repository, head_sha
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
  owner.team
FROM commits
LEFT JOIN product_eng.service_repositories AS owner
  ON owner.repository = commits.repository
