-- Copies the rows of the table that `deployment_changes` replaced. Afterwards the table is deleted, and a view has its name.
INSERT INTO product_eng.deployment_changes (
  source, app, environment, deployment_id, deployment_number, repository, commit_sha, pull_request_number, authored_at, event_id, received_at
)
SELECT
  'freight',
  report.app,
  report.environment,
  CAST(shipped.deploy_id AS STRING),
  shipped.deploy_id,
  NULL,
  shipped.commit_sha,
  shipped.pull_request_number,
  shipped.authored_at,
  shipped.event_id,
  shipped.received_at
FROM product_eng.freight_to_pull_request AS shipped
LEFT JOIN (
  SELECT
    event_id,
    ANY_VALUE(JSON_VALUE(event, '$.app')) AS app,
    ANY_VALUE(JSON_VALUE(event, '$.environment')) AS environment
  FROM product_eng.events
  WHERE source = 'freight'
  GROUP BY event_id
) AS report
  ON report.event_id = shipped.event_id
