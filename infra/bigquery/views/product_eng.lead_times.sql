-- Every pull request and every commit without one that reached production, with the first deploy that shipped it and its lead time.
WITH shipped AS (
  SELECT
    app,
    environment,
    commit_sha,
    MIN(pull_request_number) AS pull_request_number,
    MIN(authored_at) AS authored_at,
    ARRAY_AGG(deploy_number ORDER BY position LIMIT 1)[OFFSET(0)] AS deploy_number,
    MIN(deployed_at) AS deployed_at
  FROM product_eng.shipped_commits
  GROUP BY app, environment, commit_sha
),
commits AS (
  SELECT repository, branch, authored_at
  FROM product_eng.pushed_commits
  -- Commits that are not distinct arrived with a merge of another branch.
  WHERE is_distinct
),
pulls AS (
  SELECT *
  FROM product_eng.pull_requests
  WHERE merged_at IS NOT NULL
),
previous_merges AS (
  -- Branch names are reused: commits of an earlier pull request from the same branch do not belong to this one.
  SELECT pulls.repository, pulls.number, MAX(earlier.merged_at) AS merged_at
  FROM pulls
  JOIN pulls AS earlier
    ON earlier.repository = pulls.repository
    AND earlier.head_repository = pulls.head_repository
    AND earlier.head_branch = pulls.head_branch
    AND earlier.base_branch = pulls.base_branch
    AND earlier.number <> pulls.number
    AND earlier.merged_at <= pulls.opened_at
  GROUP BY pulls.repository, pulls.number
),
first_commits AS (
  SELECT pulls.repository, pulls.number, MIN(commits.authored_at) AS authored_at
  FROM pulls
  -- A fork's branch may have the name of one of the repository's own.
  JOIN commits
    ON commits.repository = pulls.repository AND commits.repository = pulls.head_repository AND commits.branch = pulls.head_branch
  LEFT JOIN previous_merges
    ON previous_merges.repository = pulls.repository AND previous_merges.number = pulls.number
  WHERE commits.authored_at <= pulls.merged_at
    -- A copied commit keeps its date, and a wrong clock writes 1970: neither says when this work began.
    AND commits.authored_at > TIMESTAMP_SUB(pulls.opened_at, INTERVAL 365 DAY)
    AND (previous_merges.merged_at IS NULL OR commits.authored_at > previous_merges.merged_at)
  GROUP BY pulls.repository, pulls.number
),
journeys AS (
  SELECT
    shipped.app,
    shipped.environment,
    pulls.repository,
    COALESCE(pulls.number, shipped.pull_request_number) AS pull_request_number,
    pulls.base_branch,
    pulls.author,
    shipped.commit_sha,
    shipped.deploy_number,
    CASE
      WHEN pulls.number IS NOT NULL THEN COALESCE(LEAST(first_commits.authored_at, pulls.opened_at), pulls.opened_at)
      WHEN shipped.pull_request_number IS NULL AND shipped.authored_at > TIMESTAMP_SUB(shipped.deployed_at, INTERVAL 365 DAY)
        THEN shipped.authored_at
    END AS authored_at,
    CASE
      WHEN pulls.number IS NOT NULL THEN IF(first_commits.authored_at <= pulls.opened_at, 'first_commit', 'opened')
      WHEN shipped.pull_request_number IS NULL AND shipped.authored_at > TIMESTAMP_SUB(shipped.deployed_at, INTERVAL 365 DAY)
        THEN 'commit'
    END AS clock,
    pulls.opened_at,
    pulls.merged_at,
    shipped.deployed_at,
    IFNULL(pulls.author_is_bot, FALSE) AS author_is_bot
  FROM shipped
  LEFT JOIN pulls
    ON pulls.merge_commit_sha = shipped.commit_sha
  LEFT JOIN first_commits
    ON first_commits.repository = pulls.repository AND first_commits.number = pulls.number
)
SELECT
  journeys.app,
  journeys.environment,
  journeys.repository,
  journeys.pull_request_number,
  journeys.base_branch,
  journeys.author,
  journeys.commit_sha,
  journeys.deploy_number,
  journeys.authored_at,
  journeys.opened_at,
  journeys.merged_at,
  journeys.deployed_at,
  -- A negative time means that a clock was wrong.
  IF(
    journeys.deployed_at >= journeys.authored_at,
    TIMESTAMP_DIFF(journeys.deployed_at, journeys.authored_at, MILLISECOND) / 1000,
    NULL
  ) AS lead_time_seconds,
  IF(
    journeys.deployed_at >= journeys.merged_at,
    TIMESTAMP_DIFF(journeys.deployed_at, journeys.merged_at, MILLISECOND) / 1000,
    NULL
  ) AS merge_to_deploy_seconds,
  journeys.author_is_bot,
  journeys.clock,
  IFNULL(apps.service, journeys.app) AS service,
  apps.team
FROM journeys
LEFT JOIN product_eng.service_apps AS apps
  ON apps.app = journeys.app AND apps.environment = journeys.environment
