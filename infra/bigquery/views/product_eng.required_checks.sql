-- Written by infra/bigquery/organization-views.ts from ci-tooling.yaml.
-- The checks that decide whether a commit is good, of the repositories whose checks the configuration names.
SELECT repository, check_name
FROM UNNEST([
  STRUCT('getsentry/getsentry' AS repository, 'getsentry required checks' AS check_name),
  STRUCT('getsentry/snuba', 'snuba tests')
])
