-- Every incident as it is now, with the deployment that it is linked to. An incident that nothing is linked to has link_reason none.
SELECT
  source,
  id,
  service,
  title,
  severity,
  status,
  opened_at,
  resolved_at,
  TIMESTAMP_DIFF(resolved_at, opened_at, MILLISECOND) / 1000 AS duration_seconds,
  link,
  deployment_source,
  deployment_app,
  deployment_environment,
  deployment_id,
  deployment_number,
  deployment_attempt,
  deployment_sha,
  link_reason,
  is_linked,
  unlinked_at
FROM product_eng.incident_facts
