-- Events whose first attempts GitHub counts as failed, with how each reached the suite after all.
SELECT
  guid,
  event,
  repository,
  attempts,
  redeliveries,
  first_failed_at,
  LEAST(IFNULL(accepted_at, held_at), IFNULL(held_at, accepted_at)) AS recovered_at,
  CASE
    -- The response was lost: the event was stored before an attempt was accepted. An attempt lasts ten seconds at most.
    WHEN held_at < TIMESTAMP_SUB(accepted_at, INTERVAL 15 SECOND) OR (accepted_at IS NULL AND held_at IS NOT NULL) THEN 'stored'
    WHEN accepted_at = redelivered_at THEN 'redelivered'
    WHEN accepted_at IS NOT NULL THEN 'another_webhook'
    -- GitHub keeps a delivery for three days.
    WHEN first_failed_at < TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 72 HOUR) THEN 'lost'
    ELSE 'pending'
  END AS how
FROM product_eng.github_deliveries
WHERE first_failed_at IS NOT NULL AND (accepted_at IS NULL OR first_failed_at < accepted_at)
