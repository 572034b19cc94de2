-- Every event once. Deliveries and inserts are at-least-once.
SELECT *
FROM product_eng.events
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY event_id ORDER BY received_at) = 1
