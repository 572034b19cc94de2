-- Messages that no delivery succeeded for, each once: Pub/Sub writes to BigQuery at least once.
SELECT *
FROM product_eng.dead_letters
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY message_id ORDER BY publish_time) = 1
