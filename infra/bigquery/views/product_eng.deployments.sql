-- Every attempt to deploy to production (it finished or failed), ordered by end, with its kind and the change that it belongs to. A change
-- failed if a rollback withdrew it, a later change reverted a part of it or was a hotfix for it, or an incident is linked to it.
WITH reasons AS (
  SELECT app, environment, position, reason, failure_position, recovered_position
  FROM product_eng.change_remedies
  WHERE is_reason
),
hotfixes AS (
  SELECT app, environment, recovered_position AS position
  FROM product_eng.change_remedies
  WHERE reason IN ('hotfix', 'revert') AND recovered_position IS NOT NULL
  GROUP BY app, environment, recovered_position
),
shipments AS (
  SELECT
    app,
    environment,
    position,
    COUNT(DISTINCT commit_sha) AS commits,
    COUNT(DISTINCT pull_request_number) AS pull_requests
  FROM product_eng.shipped_commits
  GROUP BY app, environment, position
)
SELECT
  attempt.app,
  attempt.environment,
  attempt.number,
  attempt.position,
  attempt.status,
  attempt.kind,
  change.number AS change_number,
  IF(attempt.kind = 'change', reasons.reason IS NOT NULL, NULL) AS change_failed,
  attempt.deployer,
  attempt.sha,
  attempt.previous_sha,
  attempt.link,
  attempt.queued_at,
  attempt.started_at,
  attempt.ended_at,
  attempt.live_position,
  IF(attempt.kind = 'change', reasons.reason, NULL) AS failure_reason,
  hotfixes.position IS NOT NULL AS is_hotfix,
  attempt.seconds_since_previous,
  IF(attempt.status = 'finished', IFNULL(shipments.commits, 0), NULL) AS commits,
  IF(attempt.status = 'finished', IFNULL(shipments.pull_requests, 0), NULL) AS pull_requests,
  IFNULL(apps.service, attempt.app) AS service,
  apps.team
FROM product_eng.deployment_attempts AS attempt
LEFT JOIN product_eng.deployment_attempts AS change
  ON change.app = attempt.app AND change.environment = attempt.environment AND change.position = attempt.change_position
LEFT JOIN reasons
  ON reasons.app = attempt.app AND reasons.environment = attempt.environment AND reasons.position = attempt.position
LEFT JOIN hotfixes
  ON hotfixes.app = attempt.app AND hotfixes.environment = attempt.environment AND hotfixes.position = attempt.position
LEFT JOIN shipments
  ON shipments.app = attempt.app AND shipments.environment = attempt.environment AND shipments.position = attempt.position
LEFT JOIN product_eng.service_apps AS apps
  ON apps.app = attempt.app AND apps.environment = attempt.environment
