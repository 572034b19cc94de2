-- Every incident as it is now, with the deployment that it is linked to. An incident that nothing is linked to has link_reason none.
SELECT
  incident.source,
  incident.id,
  incident.service,
  incident.title,
  incident.severity,
  incident.status,
  incident.opened_at,
  incident.resolved_at,
  TIMESTAMP_DIFF(incident.resolved_at, incident.opened_at, MILLISECOND) / 1000 AS duration_seconds,
  incident.link,
  incident.deployment_source,
  incident.deployment_app,
  incident.deployment_environment,
  incident.deployment_id,
  incident.deployment_number,
  incident.deployment_attempt,
  incident.deployment_sha,
  incident.link_reason,
  incident.is_linked,
  incident.unlinked_at,
  -- An incident that opened before the linked deployment ended was not found after it.
  IF(
    incident.is_linked AND incident.opened_at >= deploy.ended_at,
    TIMESTAMP_DIFF(incident.opened_at, deploy.ended_at, MILLISECOND) / 1000,
    NULL
  ) AS detection_seconds
FROM product_eng.incident_facts AS incident
LEFT JOIN product_eng.deploys AS deploy
  ON deploy.source = incident.deployment_source
  AND deploy.app = incident.deployment_app
  AND deploy.environment = incident.deployment_environment
  -- GitHub does not count deployments: their ids are the numbers.
  AND deploy.number = COALESCE(incident.deployment_number, SAFE_CAST(incident.deployment_id AS INT64))
  AND deploy.attempt = incident.deployment_attempt
