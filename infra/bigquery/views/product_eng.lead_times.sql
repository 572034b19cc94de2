-- Every pull request and every commit without one that reached production, with the first deploy that shipped it and its lead time.
WITH shipped AS (
  SELECT
    deploy.app,
    deploy.environment,
    shipment.commit_sha,
    MIN(shipment.pull_request_number) AS pull_request_number,
    MIN(shipment.authored_at) AS authored_at,
    ARRAY_AGG(deploy.number ORDER BY deploy.ended_at, deploy.number LIMIT 1)[OFFSET(0)] AS deploy_number,
    MIN(deploy.ended_at) AS deployed_at
  FROM product_eng.deployment_changes_deduplicated AS shipment
  JOIN product_eng.deploys AS deploy
    ON deploy.source = shipment.source
    AND deploy.app = shipment.app
    AND deploy.environment = shipment.environment
    AND deploy.number = COALESCE(shipment.deployment_number, SAFE_CAST(shipment.deployment_id AS INT64))
  WHERE deploy.is_production AND deploy.status = 'finished'
  GROUP BY deploy.app, deploy.environment, shipment.commit_sha
),
commits AS (
  SELECT
    push.repository,
    REGEXP_EXTRACT(JSON_VALUE(push.payload, '$.ref'), r'^refs/heads/(.+)$') AS branch,
    SAFE_CAST(JSON_VALUE(pushed, '$.timestamp') AS TIMESTAMP) AS authored_at
  FROM product_eng.events_deduplicated AS push, UNNEST(JSON_QUERY_ARRAY(push.payload, '$.commits')) AS pushed
  -- Commits that are not distinct arrived with a merge of another branch.
  WHERE push.type = 'github.push' AND JSON_VALUE(pushed, '$.distinct') = 'true'
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
  app,
  environment,
  repository,
  pull_request_number,
  base_branch,
  author,
  commit_sha,
  deploy_number,
  authored_at,
  opened_at,
  merged_at,
  deployed_at,
  -- A negative time means that a clock was wrong.
  IF(deployed_at >= authored_at, TIMESTAMP_DIFF(deployed_at, authored_at, MILLISECOND) / 1000, NULL) AS lead_time_seconds,
  IF(deployed_at >= merged_at, TIMESTAMP_DIFF(deployed_at, merged_at, MILLISECOND) / 1000, NULL) AS merge_to_deploy_seconds,
  author_is_bot
FROM journeys
