-- Every commit that a finished deploy to production shipped, with its pull request. A commit that is deployed again after a rollback has a
-- row for each deploy that shipped it.
SELECT
  attempt.app,
  attempt.environment,
  attempt.number AS deploy_number,
  MIN(attempt.position) AS position,
  MIN(attempt.ended_at) AS deployed_at,
  shipment.commit_sha,
  MIN(shipment.pull_request_number) AS pull_request_number,
  MIN(shipment.authored_at) AS authored_at
FROM product_eng.shipment_facts AS shipment
JOIN product_eng.deployment_attempts AS attempt
  ON attempt.app = shipment.app
  AND attempt.environment = shipment.environment
  -- GitHub does not count deployments: their ids are the numbers.
  AND attempt.number = COALESCE(shipment.deployment_number, SAFE_CAST(shipment.deployment_id AS INT64))
WHERE attempt.status = 'finished'
GROUP BY attempt.app, attempt.environment, attempt.number, shipment.commit_sha
