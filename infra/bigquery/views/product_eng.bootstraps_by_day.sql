-- Set-ups of development environments per UTC day of their start. Days without one have no row.
WITH percentiles AS (
  SELECT
    DATE(started_at) AS day,
    status,
    PERCENTILE_CONT(duration_seconds, 0.5) OVER (PARTITION BY DATE(started_at)) AS duration_p50,
    PERCENTILE_CONT(duration_seconds, 0.9) OVER (PARTITION BY DATE(started_at)) AS duration_p90
  FROM product_eng.bootstraps
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
