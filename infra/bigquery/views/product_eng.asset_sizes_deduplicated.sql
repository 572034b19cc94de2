-- Sizes of assets, each report once. Deliveries and inserts are at-least-once.
SELECT *
FROM product_eng.asset_sizes
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY event_id, pull_request_number, commit, file, entrypointName, environment, node_env ORDER BY received_at) = 1
