-- Every event once: deliveries are at-least-once, and so are rows.
SELECT *
FROM product_eng.events
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY event_id ORDER BY received_at) = 1
