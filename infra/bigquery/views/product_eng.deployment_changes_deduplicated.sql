-- Commits of deployments, once for each event that reported the end of the deployment. Deliveries and inserts are at-least-once.
SELECT *
FROM product_eng.deployment_changes
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY event_id, repository, commit_sha ORDER BY received_at) = 1
