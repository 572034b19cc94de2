-- Commits of deployments, once for each deployment. Deliveries and inserts are at-least-once, and a tool may report the end of a deployment
-- more than once.
SELECT *
FROM product_eng.deployment_changes
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (
  PARTITION BY source, app, environment, deployment_id, repository, commit_sha ORDER BY received_at
) = 1
