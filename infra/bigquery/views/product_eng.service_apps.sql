-- The service and team of every app and environment that the configuration names.
SELECT 'getsentry' AS app, 'production' AS environment, 'getsentry' AS service, CAST(NULL AS STRING) AS team
