-- Attempts of GitHub to deliver, each once: redeliver reads a part of the log again in every run.
SELECT *
FROM product_eng.delivery_attempts
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY log, attempt_id ORDER BY delivered_at) = 1
