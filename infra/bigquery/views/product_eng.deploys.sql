-- Every deployment that any source reported, in any environment, with its latest known status. An end outranks a start and a start
-- outranks queueing, whatever the order of the notifications. A number that starts again after it ended has a row for each attempt.
WITH notifications AS (
  SELECT
    *,
    CASE status WHEN 'queued' THEN 1 WHEN 'started' THEN 2 ELSE 3 END AS stage
  FROM product_eng.deploy_facts
  WHERE app IS NOT NULL
),
dated AS (
  SELECT
    *,
    -- GitHub's report of an end does not say when the attempt started.
    COALESCE(started_at, IF(stage = 3, finished_at, created_at)) AS begun_at,
    IF(stage = 3, COALESCE(finished_at, time), NULL) AS end_at
  FROM notifications
),
counted AS (
  SELECT dated.event_id, COUNT(DISTINCT earlier.end_at) AS ends_before
  FROM dated
  LEFT JOIN dated AS earlier
    ON earlier.source = dated.source
    AND earlier.app = dated.app
    AND earlier.environment = dated.environment
    AND earlier.number = dated.number
    AND earlier.end_at < dated.begun_at
    AND earlier.begun_at < dated.begun_at
  GROUP BY dated.event_id
),
deploys AS (
  SELECT
    source,
    app,
    environment,
    number,
    ends_before,
    LOGICAL_OR(is_production) AS is_production,
    ARRAY_AGG(status ORDER BY stage DESC, time DESC, received_at DESC LIMIT 1)[OFFSET(0)] AS status,
    ARRAY_AGG(deployer IGNORE NULLS ORDER BY stage DESC, time DESC, received_at DESC LIMIT 1)[SAFE_OFFSET(0)] AS deployer,
    ARRAY_AGG(ref IGNORE NULLS ORDER BY stage DESC, time DESC, received_at DESC LIMIT 1)[SAFE_OFFSET(0)] AS ref,
    ARRAY_AGG(sha IGNORE NULLS ORDER BY stage DESC, time DESC, received_at DESC LIMIT 1)[SAFE_OFFSET(0)] AS sha,
    ARRAY_AGG(previous_sha IGNORE NULLS ORDER BY stage DESC, time DESC, received_at DESC LIMIT 1)[SAFE_OFFSET(0)] AS previous_sha,
    ARRAY_AGG(link IGNORE NULLS ORDER BY stage DESC, time DESC, received_at DESC LIMIT 1)[SAFE_OFFSET(0)] AS link,
    COALESCE(MIN(created_at), MIN(IF(stage = 1, time, NULL))) AS queued_at,
    -- Every stage of a pipeline starts; the deployment started with the first one.
    COALESCE(MIN(started_at), MIN(IF(stage = 2, time, NULL))) AS started_at,
    MAX(end_at) AS ended_at
  FROM dated
  JOIN counted USING (event_id)
  GROUP BY source, app, environment, number, ends_before
),
attempts AS (
  SELECT
    * EXCEPT (queued_at),
    -- A repeated run may keep the time at which the first attempt was queued.
    IF(
      queued_at < LAG(ended_at) OVER (PARTITION BY source, app, environment, number ORDER BY ends_before),
      NULL,
      queued_at
    ) AS queued_at
  FROM deploys
)
SELECT
  deploy.source,
  deploy.app,
  deploy.environment,
  deploy.number,
  deploy.is_production,
  deploy.status,
  deploy.deployer,
  deploy.ref,
  deploy.sha,
  deploy.previous_sha,
  deploy.link,
  deploy.queued_at,
  deploy.started_at,
  deploy.ended_at,
  -- A negative time means that a clock was wrong.
  IF(deploy.started_at >= deploy.queued_at, TIMESTAMP_DIFF(deploy.started_at, deploy.queued_at, MILLISECOND) / 1000, NULL) AS queue_seconds,
  IF(deploy.ended_at >= deploy.started_at, TIMESTAMP_DIFF(deploy.ended_at, deploy.started_at, MILLISECOND) / 1000, NULL) AS run_seconds,
  IF(deploy.ended_at >= deploy.queued_at, TIMESTAMP_DIFF(deploy.ended_at, deploy.queued_at, MILLISECOND) / 1000, NULL) AS total_seconds,
  ROW_NUMBER() OVER (PARTITION BY deploy.source, deploy.app, deploy.environment, deploy.number ORDER BY deploy.ends_before) AS attempt,
  IFNULL(apps.service, deploy.app) AS service,
  apps.team
FROM attempts AS deploy
LEFT JOIN product_eng.service_apps AS apps
  ON apps.app = deploy.app AND apps.environment = deploy.environment
