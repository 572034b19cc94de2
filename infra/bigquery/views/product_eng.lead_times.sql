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
pulls AS (
  SELECT *
  FROM product_eng.pull_requests
  WHERE merged_at IS NOT NULL
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
  LEFT JOIN product_eng.first_commits AS first_commits
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
