-- Events that GitHub sent, by its own log, and how many of them the suite holds.
SELECT
  DATE(sent_from, (SELECT time_zone FROM product_eng.organization)) AS day,
  event,
  SUM(sent) AS sent,
  SUM(held) AS held,
  SUM(sent) - SUM(held) AS missing
FROM product_eng.delivery_summaries
GROUP BY day, event
