-- The service and team of every repository that the configuration names, upstream repositories included.
SELECT 'getsentry/getsentry' AS repository, 'getsentry' AS service, CAST(NULL AS STRING) AS team
UNION ALL
SELECT 'getsentry/sentry' AS repository, 'getsentry' AS service, CAST(NULL AS STRING) AS team
