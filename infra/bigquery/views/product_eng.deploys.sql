-- Every deployment that any source reported, in any environment, with its latest known status. An end outranks a start and a start
-- outranks queueing, whatever the order of the notifications. A number that starts again after it ended has a row for each attempt.
WITH reported AS (
  SELECT
    event_id,
    source,
    time,
    received_at,
    actor,
    -- Events of earlier releases have the fields of Freight's deploys only.
    COALESCE(JSON_QUERY(event, '$.deployment'), event) AS deployment
  FROM product_eng.events_deduplicated
  WHERE source = 'freight' OR JSON_VALUE(event, '$.deployment.status') IS NOT NULL
),
notifications AS (
  SELECT
    notification.event_id,
    notification.source,
    notification.time,
    notification.received_at,
    COALESCE(JSON_VALUE(notification.deployment, '$.actor'), notification.actor) AS actor,
    JSON_VALUE(notification.deployment, '$.app') AS app,
    JSON_VALUE(notification.deployment, '$.environment') AS environment,
    -- GitHub does not count deployments; its ids grow.
    COALESCE(
      CAST(JSON_VALUE(notification.deployment, '$.number') AS INT64),
      SAFE_CAST(JSON_VALUE(notification.deployment, '$.id') AS INT64)
    ) AS number,
    JSON_VALUE(notification.deployment, '$.status') AS status,
    JSON_VALUE(notification.deployment, '$.ref') AS ref,
    JSON_VALUE(notification.deployment, '$.sha') AS sha,
    JSON_VALUE(notification.deployment, '$.previousSha') AS previous_sha,
    JSON_VALUE(notification.deployment, '$.link') AS link,
    TIMESTAMP(JSON_VALUE(notification.deployment, '$.createdAt')) AS created_at,
    TIMESTAMP(JSON_VALUE(notification.deployment, '$.startedAt')) AS started_at,
    TIMESTAMP(JSON_VALUE(notification.deployment, '$.finishedAt')) AS finished_at,
    CASE JSON_VALUE(notification.deployment, '$.status') WHEN 'queued' THEN 1 WHEN 'started' THEN 2 ELSE 3 END AS stage,
    -- The functions' configuration names the production environment; they write metrics of that one only.
    metric.event_id IS NOT NULL AS is_production
  FROM reported AS notification
  LEFT JOIN product_eng.development_metrics_deduplicated AS metric
    ON metric.event_id = notification.event_id
),
dated AS (
  SELECT
    *,
    -- GitHub's report of an end does not say when the attempt started.
    COALESCE(started_at, IF(stage = 3, COALESCE(finished_at, time), created_at)) AS begun_at,
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
    ARRAY_AGG(actor IGNORE NULLS ORDER BY stage DESC, time DESC, received_at DESC LIMIT 1)[SAFE_OFFSET(0)] AS deployer,
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
)
SELECT
  source,
  app,
  environment,
  number,
  is_production,
  status,
  deployer,
  ref,
  sha,
  previous_sha,
  link,
  queued_at,
  started_at,
  ended_at,
  -- A negative time means that a clock was wrong.
  IF(started_at >= queued_at, TIMESTAMP_DIFF(started_at, queued_at, MILLISECOND) / 1000, NULL) AS queue_seconds,
  IF(ended_at >= started_at, TIMESTAMP_DIFF(ended_at, started_at, MILLISECOND) / 1000, NULL) AS run_seconds,
  IF(ended_at >= queued_at, TIMESTAMP_DIFF(ended_at, queued_at, MILLISECOND) / 1000, NULL) AS total_seconds,
  ROW_NUMBER() OVER (PARTITION BY source, app, environment, number ORDER BY ends_before) AS attempt
FROM deploys
