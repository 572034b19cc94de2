-- Pull requests of deploys, and commits without one, once for each event that reported the deploy. Freight numbers deploys per app and
-- environment, so the event identifies the deploy. Deliveries and inserts are at-least-once.
SELECT *
FROM product_eng.freight_to_pull_request
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY event_id, deploy_id, pull_request_number, commit_sha ORDER BY received_at) = 1
