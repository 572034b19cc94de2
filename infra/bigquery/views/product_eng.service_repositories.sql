-- Written by infra/bigquery/organization-views.ts from ci-tooling.yaml.
-- The service and team of every repository that the configuration names, upstream repositories included.
SELECT repository, service, team
FROM UNNEST([
  STRUCT('getsentry/getsentry' AS repository, 'getsentry' AS service, CAST(NULL AS STRING) AS team),
  STRUCT('getsentry/sentry', 'getsentry', CAST(NULL AS STRING)),
  STRUCT('getsentry/snuba', 'snuba', CAST(NULL AS STRING))
])
