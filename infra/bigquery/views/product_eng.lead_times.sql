-- Every pull request that reached production, with the first deploy that shipped it and its lead time.
WITH shipped AS (
  SELECT
    deploy.app,
    deploy.environment,
    shipment.commit_sha,
    MIN(shipment.pull_request_number) AS pull_request_number,
    ARRAY_AGG(deploy.number ORDER BY deploy.ended_at, deploy.number LIMIT 1)[OFFSET(0)] AS deploy_number,
    MIN(deploy.ended_at) AS deployed_at
  FROM product_eng.freight_to_pull_request_deduplicated AS shipment
  -- Freight numbers deploys per app and environment: the notification names both.
  JOIN product_eng.events_deduplicated AS notification
    ON notification.event_id = shipment.event_id
  JOIN product_eng.deploys AS deploy
    ON deploy.app = JSON_VALUE(notification.event, '$.app')
    AND deploy.environment = JSON_VALUE(notification.event, '$.environment')
    AND deploy.number = shipment.deploy_id
  WHERE deploy.is_production AND deploy.status = 'finished'
  GROUP BY deploy.app, deploy.environment, shipment.commit_sha
),
pulls AS (
  SELECT
    *,
    -- Branch names are reused: commits of an earlier pull request from the same branch do not belong to this one.
    LAG(closed_at) OVER (PARTITION BY repository, head_branch ORDER BY opened_at, number) AS previous_closed_at
  FROM product_eng.pull_requests
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
first_commits AS (
  SELECT pulls.repository, pulls.number, MIN(commits.authored_at) AS authored_at
  FROM pulls
  JOIN commits
    ON commits.repository = pulls.repository AND commits.branch = pulls.head_branch
  WHERE commits.authored_at <= pulls.merged_at
    AND (pulls.previous_closed_at IS NULL OR commits.authored_at > pulls.previous_closed_at)
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
    COALESCE(LEAST(first_commits.authored_at, pulls.opened_at), pulls.opened_at) AS authored_at,
    pulls.opened_at,
    pulls.merged_at,
    shipped.deployed_at
  FROM shipped
  LEFT JOIN pulls
    ON pulls.merge_commit_sha = shipped.commit_sha
  LEFT JOIN first_commits
    ON first_commits.repository = pulls.repository AND first_commits.number = pulls.number
)
SELECT
  *,
  -- A negative time means that a clock was wrong.
  IF(deployed_at >= authored_at, TIMESTAMP_DIFF(deployed_at, authored_at, MILLISECOND) / 1000, NULL) AS lead_time_seconds,
  IF(deployed_at >= merged_at, TIMESTAMP_DIFF(deployed_at, merged_at, MILLISECOND) / 1000, NULL) AS merge_to_deploy_seconds
FROM journeys
