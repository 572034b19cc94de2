-- Events whose first attempts GitHub counts as failed, with how each reached the suite after all.
WITH names AS (
  -- The log has ids of repositories only.
  SELECT repository_id, MAX(repository) AS repository
  FROM product_eng.delivery_summaries
  GROUP BY repository_id
)
SELECT
  gap.guid,
  gap.event,
  COALESCE(gap.repository, names.repository) AS repository,
  gap.attempts,
  gap.redeliveries,
  gap.first_failed_at,
  LEAST(IFNULL(gap.accepted_at, gap.held_at), IFNULL(gap.held_at, gap.accepted_at)) AS recovered_at,
  CASE
    -- The response was lost: the event was stored before an attempt was accepted. An attempt lasts ten seconds at most.
    WHEN gap.held_at < TIMESTAMP_SUB(gap.accepted_at, INTERVAL 15 SECOND) OR (gap.accepted_at IS NULL AND gap.held_at IS NOT NULL) THEN 'stored'
    WHEN gap.accepted_at = gap.redelivered_at THEN 'redelivered'
    WHEN gap.accepted_at IS NOT NULL THEN 'another_webhook'
    -- GitHub keeps a delivery for three days.
    WHEN gap.first_failed_at < TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 72 HOUR) THEN 'lost'
    ELSE 'pending'
  END AS how
FROM product_eng.delivery_summaries AS gap
LEFT JOIN names
  ON names.repository_id = gap.repository_id
WHERE gap.guid IS NOT NULL
