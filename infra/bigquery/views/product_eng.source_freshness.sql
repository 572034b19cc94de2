-- Every source with its last event, and how many events the last day and week had.
WITH recent AS (
  SELECT
    source,
    COUNTIF(TIMESTAMP_TRUNC(received_at, MINUTE) > TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 24 HOUR)) AS events_of_day,
    COUNT(*) AS events_of_week
  FROM product_eng.event_facts
  -- Without a condition on the column itself, no partition is skipped.
  WHERE received_at > TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 168 HOUR)
    AND TIMESTAMP_TRUNC(received_at, MINUTE) > TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 168 HOUR)
  GROUP BY source
)
SELECT
  known.source,
  TIMESTAMP_TRUNC(known.received_at, MINUTE) AS last_event_at,
  TIMESTAMP_DIFF(CURRENT_TIMESTAMP(), TIMESTAMP_TRUNC(known.received_at, MINUTE), SECOND) AS seconds_since_last_event,
  IFNULL(recent.events_of_day, 0) AS events_of_day,
  IFNULL(recent.events_of_week, 0) AS events_of_week
FROM product_eng.source_facts AS known
LEFT JOIN recent
  ON recent.source = known.source
