-- Builds, deploys and set-ups, each event once. Deliveries and inserts are at-least-once.
SELECT *
FROM product_eng.development_metrics
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY event_id ORDER BY received_at) = 1
