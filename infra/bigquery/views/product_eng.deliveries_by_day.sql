-- Events that GitHub sent, by its own log, and how many of them the suite holds.
SELECT
  DATE(first_attempt_at, (SELECT time_zone FROM product_eng.organization)) AS day,
  event,
  COUNT(*) AS sent,
  COUNTIF(held_at IS NOT NULL) AS held,
  COUNTIF(held_at IS NULL) AS missing
FROM product_eng.github_deliveries
GROUP BY day, event
