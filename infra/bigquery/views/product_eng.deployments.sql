-- Every deploy to production that finished or failed, ordered by end, with its kind: a change, a rollback (its sha had been live
-- before), a redeploy (its sha was live) or a failure. Canceled deploys changed nothing and are left out.
WITH ended AS (
  SELECT
    *,
    ROW_NUMBER() OVER (PARTITION BY app, environment ORDER BY ended_at, number) AS position
  FROM product_eng.deploys
  WHERE is_production AND status IN ('finished', 'failed')
),
compared AS (
  SELECT
    *,
    LAG(status) OVER (PARTITION BY app, environment ORDER BY position) AS previous_status,
    LAST_VALUE(IF(status = 'finished', sha, NULL) IGNORE NULLS) OVER (
      PARTITION BY app, environment ORDER BY position ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS live_sha,
    MIN(IF(status = 'finished', position, NULL)) OVER (PARTITION BY app, environment, sha) AS first_live_position
  FROM ended
),
classified AS (
  SELECT
    *,
    CASE
      WHEN status = 'failed' THEN 'failure'
      WHEN sha = live_sha AND previous_status = 'finished' THEN 'redeploy'
      WHEN sha IS NOT NULL AND first_live_position < position THEN 'rollback'
      ELSE 'change'
    END AS kind
  FROM compared
),
charged AS (
  SELECT
    *,
    LAST_VALUE(IF(kind = 'change', number, NULL) IGNORE NULLS) OVER (
      PARTITION BY app, environment ORDER BY position ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS change_number
  FROM classified
)
SELECT
  app,
  environment,
  number,
  position,
  status,
  kind,
  change_number,
  IF(
    kind = 'change',
    COUNTIF(kind IN ('failure', 'rollback')) OVER (PARTITION BY app, environment, change_number) > 0,
    NULL
  ) AS change_failed,
  deployer,
  sha,
  previous_sha,
  link,
  queued_at,
  started_at,
  ended_at
FROM charged
