-- Written by infra/bigquery/organization-views.ts from ci-tooling.yaml.
-- The service and team of every app and environment that the configuration names.
SELECT app, environment, service, team
FROM UNNEST([
  STRUCT('getsentry' AS app, 'production' AS environment, 'getsentry' AS service, CAST(NULL AS STRING) AS team),
  STRUCT('snuba', 'production', 'snuba', CAST(NULL AS STRING))
])
