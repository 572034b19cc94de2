-- Pull requests of deploys, each once however often the deploy was reported: deliveries are at-least-once, and so are rows.
SELECT *
FROM product_eng.freight_to_pull_request
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY deploy_id, pull_request_number, commit_sha ORDER BY received_at) = 1
