-- Reported measurements, each once. Deliveries and inserts are at-least-once.
SELECT *
FROM product_eng.measurements
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY event_id, position ORDER BY received_at) = 1
