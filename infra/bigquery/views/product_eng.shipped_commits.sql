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
FROM product_eng.freight_to_pull_request_deduplicated AS shipment
-- Freight numbers deploys per app and environment: the notification names both.
JOIN product_eng.events_deduplicated AS notification
  ON notification.event_id = shipment.event_id
JOIN product_eng.deployment_attempts AS attempt
  ON attempt.app = JSON_VALUE(notification.event, '$.app')
  AND attempt.environment = JSON_VALUE(notification.event, '$.environment')
  AND attempt.number = shipment.deploy_id
WHERE attempt.status = 'finished'
GROUP BY attempt.app, attempt.environment, attempt.number, shipment.commit_sha
