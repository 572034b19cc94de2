-- Pull requests that were merged and not yet in production at the end of every UTC day (today: now), per app.
WITH branches AS (
  -- An app ships what is merged into the branches that it has shipped from; merges before its first shipment do not count.
  SELECT app, environment, repository, base_branch, MIN(merged_at) AS tracked_from
  FROM product_eng.lead_times
  WHERE repository IS NOT NULL
  GROUP BY app, environment, repository, base_branch
),
merged AS (
  SELECT
    branches.app,
    branches.environment,
    pull_request.merged_at,
    -- A deploy ships its whole branch: a deploy that ships a later merge ships this one too.
    MIN(shipped.deployed_at) OVER (
      PARTITION BY branches.app, branches.environment, pull_request.repository, pull_request.base_branch
      ORDER BY pull_request.merged_at DESC
    ) AS deployed_at
  FROM branches
  JOIN product_eng.pull_requests AS pull_request
    ON pull_request.repository = branches.repository AND pull_request.base_branch = branches.base_branch
  LEFT JOIN product_eng.lead_times AS shipped
    ON shipped.app = branches.app
    AND shipped.environment = branches.environment
    AND shipped.commit_sha = pull_request.merge_commit_sha
    -- Pull requests that were stacked on one another share a merge commit.
    AND shipped.pull_request_number = pull_request.number
  WHERE pull_request.merged_at >= branches.tracked_from
),
calendar AS (
  SELECT
    app,
    environment,
    day,
    LEAST(TIMESTAMP_ADD(TIMESTAMP(day), INTERVAL 24 HOUR), CURRENT_TIMESTAMP()) AS moment
  FROM (SELECT app, environment, DATE(MIN(merged_at)) AS first_day FROM merged GROUP BY app, environment),
    UNNEST(GENERATE_DATE_ARRAY(first_day, CURRENT_DATE())) AS day
),
days AS (
  SELECT
    calendar.app,
    calendar.environment,
    calendar.day,
    calendar.moment,
    COUNT(merged.merged_at) AS undeployed_pull_requests,
    MIN(merged.merged_at) AS oldest_merged_at
  FROM calendar
  LEFT JOIN merged
    ON merged.app = calendar.app
    AND merged.environment = calendar.environment
    AND merged.merged_at < calendar.moment
    AND (merged.deployed_at IS NULL OR merged.deployed_at >= calendar.moment)
  GROUP BY calendar.app, calendar.environment, calendar.day, calendar.moment
)
SELECT
  app,
  environment,
  day,
  undeployed_pull_requests,
  oldest_merged_at,
  TIMESTAMP_DIFF(moment, oldest_merged_at, MILLISECOND) / 1000 AS oldest_age_seconds
FROM days
