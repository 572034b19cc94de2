-- Deploys per app, environment, deployer and day of queueing: how they ended, and how long they waited and ran. Days without a
-- deploy have no row.
WITH deploys AS (
  SELECT
    deploy.app,
    deploy.environment,
    deploy.deployer,
    DATE(COALESCE(deploy.queued_at, deploy.started_at, deploy.ended_at), settings.time_zone) AS day,
    deploy.status,
    deploy.queue_seconds,
    deploy.run_seconds,
    deploy.total_seconds
  FROM product_eng.deploys AS deploy
  CROSS JOIN product_eng.organization AS settings
),
percentiles AS (
  SELECT
    *,
    PERCENTILE_CONT(queue_seconds, 0.5) OVER (PARTITION BY app, environment, deployer, day) AS queue_p50,
    PERCENTILE_CONT(queue_seconds, 0.9) OVER (PARTITION BY app, environment, deployer, day) AS queue_p90,
    PERCENTILE_CONT(run_seconds, 0.5) OVER (PARTITION BY app, environment, deployer, day) AS run_p50,
    PERCENTILE_CONT(run_seconds, 0.9) OVER (PARTITION BY app, environment, deployer, day) AS run_p90,
    PERCENTILE_CONT(total_seconds, 0.5) OVER (PARTITION BY app, environment, deployer, day) AS total_p50,
    PERCENTILE_CONT(total_seconds, 0.9) OVER (PARTITION BY app, environment, deployer, day) AS total_p90
  FROM deploys
)
SELECT
  app,
  environment,
  deployer,
  day,
  COUNT(*) AS deploys,
  COUNTIF(status = 'finished') AS finished,
  COUNTIF(status = 'failed') AS failed,
  COUNTIF(status = 'canceled') AS canceled,
  COUNTIF(status IN ('queued', 'started')) AS unfinished,
  MIN(queue_p50) AS queue_seconds_p50,
  MIN(queue_p90) AS queue_seconds_p90,
  MIN(run_p50) AS run_seconds_p50,
  MIN(run_p90) AS run_seconds_p90,
  MIN(total_p50) AS total_seconds_p50,
  MIN(total_p90) AS total_seconds_p90
FROM percentiles
GROUP BY app, environment, deployer, day
