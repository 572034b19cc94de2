-- Builds, deploys and set-ups, each event once: deliveries are at-least-once, and so are rows.
SELECT *
FROM product_eng.development_metrics
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY event_id ORDER BY received_at) = 1
