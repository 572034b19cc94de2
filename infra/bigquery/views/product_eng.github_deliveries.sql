-- Every event that GitHub sent, by its log, with its attempts and whether the suite holds it. A ping is not kept.
WITH sent AS (
  SELECT
    guid,
    ANY_VALUE(event) AS event,
    ANY_VALUE(repository_id) AS repository_id,
    COUNT(*) AS attempts,
    COUNTIF(is_redelivery) AS redeliveries,
    MIN(delivered_at) AS first_attempt_at,
    MIN(IF(status_code BETWEEN 200 AND 299, NULL, delivered_at)) AS first_failed_at,
    MIN(IF(status_code BETWEEN 200 AND 299, delivered_at, NULL)) AS accepted_at,
    MIN(IF(status_code BETWEEN 200 AND 299 AND is_redelivery, delivered_at, NULL)) AS redelivered_at
  FROM product_eng.delivery_attempt_facts
  WHERE event <> 'ping'
  GROUP BY guid
),
held AS (
  SELECT event_id, ANY_VALUE(repository) AS repository, MIN(received_at) AS received_at
  FROM product_eng.event_facts
  WHERE source = 'github'
  GROUP BY event_id
),
-- The log has ids of repositories only.
names AS (
  SELECT repository_id, MAX(repository) AS repository
  FROM sent
  INNER JOIN held
    ON held.event_id = sent.guid
  GROUP BY repository_id
)
SELECT
  sent.guid,
  sent.event,
  COALESCE(held.repository, names.repository) AS repository,
  sent.attempts,
  sent.redeliveries,
  sent.first_attempt_at,
  sent.first_failed_at,
  sent.accepted_at,
  sent.redelivered_at,
  held.received_at AS held_at
FROM sent
LEFT JOIN held
  ON held.event_id = sent.guid
LEFT JOIN names
  ON names.repository_id = sent.repository_id
