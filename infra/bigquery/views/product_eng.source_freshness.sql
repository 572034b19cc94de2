-- Every source with its last event, and how many events the last day and week had.
SELECT
  source,
  MAX(minute) AS last_event_at,
  TIMESTAMP_DIFF(CURRENT_TIMESTAMP(), MAX(minute), SECOND) AS seconds_since_last_event,
  SUM(IF(minute > TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 24 HOUR), events, 0)) AS events_of_day,
  SUM(IF(minute > TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 168 HOUR), events, 0)) AS events_of_week
FROM product_eng.events_by_minute
GROUP BY source
