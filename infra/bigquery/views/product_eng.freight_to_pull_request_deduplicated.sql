-- Pull requests of deploys, each once, however often Freight reported the deploy. Deliveries and inserts are at-least-once.
SELECT *
FROM product_eng.freight_to_pull_request
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY deploy_id, pull_request_number, commit_sha ORDER BY received_at) = 1
