-- Pull requests that were merged and not in production at the end of every day (today: now), per app. A change that a rollback withdrew is
-- undeployed again.
WITH branches AS (
  -- An app ships what is merged into the branches that it has shipped from; merges before its first shipment do not count.
  SELECT app, environment, repository, base_branch, MIN(merged_at) AS tracked_from
  FROM product_eng.lead_times
  WHERE repository IS NOT NULL
  GROUP BY app, environment, repository, base_branch
),
shipments AS (
  SELECT app, environment, commit_sha, MIN(position) AS position
  FROM product_eng.shipped_commits
  GROUP BY app, environment, commit_sha
),
merged AS (
  SELECT
    branches.app,
    branches.environment,
    pull_request.merged_at,
    COALESCE(
      shipments.position,
      -- GitHub could not say what the deploy shipped: a deploy of a merge a day later had this one too. Closer ones may reach the deployed
      -- repository out of order, as bumps.
      MIN(shipments.position) OVER (
        PARTITION BY branches.app, branches.environment, pull_request.repository, pull_request.base_branch
        ORDER BY UNIX_SECONDS(pull_request.merged_at)
        RANGE BETWEEN 86400 FOLLOWING AND UNBOUNDED FOLLOWING
      )
    ) AS position
  FROM branches
  JOIN product_eng.pull_requests AS pull_request
    ON pull_request.repository = branches.repository AND pull_request.base_branch = branches.base_branch
  LEFT JOIN shipments
    ON shipments.app = branches.app
    AND shipments.environment = branches.environment
    AND shipments.commit_sha = pull_request.merge_commit_sha
  WHERE pull_request.merged_at >= branches.tracked_from
),
calendar AS (
  SELECT
    first_days.app,
    first_days.environment,
    day,
    LEAST(TIMESTAMP(DATE_ADD(day, INTERVAL 1 DAY), settings.time_zone), CURRENT_TIMESTAMP()) AS moment
  FROM (SELECT app, environment, MIN(merged_at) AS first_merged_at FROM merged GROUP BY app, environment) AS first_days
  CROSS JOIN product_eng.organization AS settings
  CROSS JOIN UNNEST(
    GENERATE_DATE_ARRAY(DATE(first_merged_at, settings.time_zone), DATE(CURRENT_TIMESTAMP(), settings.time_zone))
  ) AS day
),
lives AS (
  SELECT
    app,
    environment,
    ended_at AS live_from,
    LEAD(ended_at) OVER (PARTITION BY app, environment ORDER BY position) AS live_until,
    live_position
  FROM product_eng.deployment_attempts
  WHERE status = 'finished'
),
moments AS (
  SELECT calendar.app, calendar.environment, calendar.day, calendar.moment, MAX(lives.live_position) AS live_position
  FROM calendar
  LEFT JOIN lives
    ON lives.app = calendar.app
    AND lives.environment = calendar.environment
    AND lives.live_from <= calendar.moment
    AND (lives.live_until IS NULL OR lives.live_until > calendar.moment)
  GROUP BY calendar.app, calendar.environment, calendar.day, calendar.moment
),
days AS (
  SELECT
    moments.app,
    moments.environment,
    moments.day,
    moments.moment,
    COUNT(merged.merged_at) AS undeployed_pull_requests,
    MIN(merged.merged_at) AS oldest_merged_at
  FROM moments
  LEFT JOIN merged
    ON merged.app = moments.app
    AND merged.environment = moments.environment
    AND merged.merged_at < moments.moment
    -- A deploy has everything that the changes up to it shipped.
    AND (merged.position IS NULL OR merged.position > IFNULL(moments.live_position, 0))
  GROUP BY moments.app, moments.environment, moments.day, moments.moment
)
SELECT
  days.app,
  days.environment,
  days.day,
  days.undeployed_pull_requests,
  days.oldest_merged_at,
  TIMESTAMP_DIFF(days.moment, days.oldest_merged_at, MILLISECOND) / 1000 AS oldest_age_seconds,
  IFNULL(apps.service, days.app) AS service,
  apps.team
FROM days
LEFT JOIN product_eng.service_apps AS apps
  ON apps.app = days.app AND apps.environment = days.environment
