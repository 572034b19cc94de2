-- Set-ups of development environments per day of their start. Days without one have no row.
WITH started AS (
  SELECT DATE(bootstrap.started_at, settings.time_zone) AS day, bootstrap.status, bootstrap.duration_seconds
  FROM product_eng.bootstraps AS bootstrap
  CROSS JOIN product_eng.organization AS settings
),
percentiles AS (
  SELECT
    day,
    status,
    PERCENTILE_CONT(duration_seconds, 0.5) OVER (PARTITION BY day) AS duration_p50,
    PERCENTILE_CONT(duration_seconds, 0.9) OVER (PARTITION BY day) AS duration_p90
  FROM started
)
SELECT
  day,
  COUNT(*) AS started,
  COUNTIF(status = 'ended') AS ended,
  COUNTIF(status = 'never_ended') AS never_ended,
  COUNTIF(status = 'running') AS running,
  MIN(duration_p50) AS duration_seconds_p50,
  MIN(duration_p90) AS duration_seconds_p90
FROM percentiles
GROUP BY day
