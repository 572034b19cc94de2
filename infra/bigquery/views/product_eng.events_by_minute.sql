-- Accepted events per source and minute, and their delay since they happened. Minutes without an event have no row. An event older than three
-- days is history that was sent later, by a backfill or as an example: no sender delivers that late, GitHub keeps a delivery for three days.
WITH delays AS (
  SELECT
    source,
    TIMESTAMP_TRUNC(received_at, MINUTE) AS minute,
    IF(
      time >= TIMESTAMP_SUB(received_at, INTERVAL 3 DAY),
      TIMESTAMP_DIFF(received_at, time, MILLISECOND) / 1000,
      NULL
    ) AS delay_seconds
  FROM product_eng.event_facts
),
percentiles AS (
  SELECT
    *,
    PERCENTILE_CONT(delay_seconds, 0.5) OVER (PARTITION BY source, minute) AS delay_p50,
    PERCENTILE_CONT(delay_seconds, 0.9) OVER (PARTITION BY source, minute) AS delay_p90
  FROM delays
)
SELECT
  source,
  minute,
  COUNT(*) AS events,
  MIN(delay_p50) AS delay_seconds_p50,
  MIN(delay_p90) AS delay_seconds_p90,
  MAX(delay_seconds) AS delay_seconds_max
FROM percentiles
GROUP BY source, minute
