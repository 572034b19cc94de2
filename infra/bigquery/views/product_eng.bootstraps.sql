-- Every set-up of a development environment that started, with the end that followed it. An end without a start is left out.
WITH steps AS (
  SELECT username, step AS event, happened_at, event_id
  FROM product_eng.bootstrap_facts
),
followed AS (
  SELECT
    *,
    LEAD(event) OVER (
      PARTITION BY username ORDER BY happened_at, IF(event = 'bootstrap_start', 0, 1), event_id
    ) AS next_event,
    LEAD(happened_at) OVER (
      PARTITION BY username ORDER BY happened_at, IF(event = 'bootstrap_start', 0, 1), event_id
    ) AS next_happened_at
  FROM steps
)
SELECT
  username,
  happened_at AS started_at,
  IF(next_event = 'bootstrap_end', next_happened_at, NULL) AS ended_at,
  CASE
    WHEN next_event = 'bootstrap_end' THEN 'ended'
    WHEN next_event = 'bootstrap_start' OR happened_at < TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 24 HOUR) THEN 'never_ended'
    ELSE 'running'
  END AS status,
  IF(next_event = 'bootstrap_end', TIMESTAMP_DIFF(next_happened_at, happened_at, MILLISECOND) / 1000, NULL) AS duration_seconds
FROM followed
WHERE event = 'bootstrap_start'
