-- Every attempt to deploy to production (it finished or failed), ordered by end, with its kind: a change, a rollback (its sha first went
-- live before the live one did), a redeploy (its sha had been live, and is not older than the live one) or a failure. Canceled deploys
-- are left out.
WITH ended AS (
  SELECT
    *,
    ROW_NUMBER() OVER (PARTITION BY app, environment ORDER BY ended_at, number) AS position
  FROM product_eng.deploys
  WHERE is_production AND status IN ('finished', 'failed')
),
first_lives AS (
  SELECT
    *,
    -- Deploys without a sha have nothing in common.
    IF(
      sha IS NULL,
      IF(status = 'finished', position, NULL),
      MIN(IF(status = 'finished', position, NULL)) OVER (PARTITION BY app, environment, sha)
    ) AS first_live_position
  FROM ended
),
compared AS (
  SELECT
    *,
    IF(status = 'finished', first_live_position, NULL) AS live_position,
    LAST_VALUE(IF(status = 'finished', first_live_position, NULL) IGNORE NULLS) OVER (
      PARTITION BY app, environment ORDER BY position ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS live_position_before
  FROM first_lives
),
classified AS (
  SELECT
    *,
    CASE
      WHEN status = 'failed' THEN 'failure'
      WHEN live_position < live_position_before THEN 'rollback'
      WHEN live_position < position THEN 'redeploy'
      ELSE 'change'
    END AS kind
  FROM compared
),
withdrawn AS (
  -- The change that was live is at fault: nothing says that one below it was.
  SELECT app, environment, live_position_before AS position
  FROM classified
  WHERE kind = 'rollback'
  GROUP BY app, environment, live_position_before
),
charged AS (
  SELECT
    classified.*,
    withdrawn.position IS NOT NULL AS is_withdrawn,
    -- A failure is an attempt of the change with its sha, before or after it.
    IF(
      classified.kind = 'failure',
      IF(classified.sha IS NULL, NULL, MIN(IF(classified.position = classified.live_position, classified.number, NULL)) OVER (
        PARTITION BY classified.app, classified.environment, classified.sha
      )),
      LAST_VALUE(IF(classified.kind = 'change', classified.number, NULL) IGNORE NULLS) OVER (
        PARTITION BY classified.app, classified.environment ORDER BY classified.position
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
      )
    ) AS change_number
  FROM classified
  LEFT JOIN withdrawn
    ON withdrawn.app = classified.app
    AND withdrawn.environment = classified.environment
    AND withdrawn.position = classified.position
)
SELECT
  app,
  environment,
  number,
  position,
  status,
  kind,
  change_number,
  IF(kind = 'change', is_withdrawn, NULL) AS change_failed,
  deployer,
  sha,
  previous_sha,
  link,
  queued_at,
  started_at,
  ended_at,
  live_position
FROM charged
