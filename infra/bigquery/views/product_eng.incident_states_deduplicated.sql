-- Every version of an incident once. Deliveries and inserts are at-least-once.
SELECT *
FROM product_eng.incident_states
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY source, id, version, received_at ORDER BY received_at) = 1
