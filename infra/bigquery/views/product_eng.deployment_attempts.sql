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
    ) AS live_position_before,
    LAST_VALUE(IF(status = 'finished', ended_at, NULL) IGNORE NULLS) OVER (
      PARTITION BY app, environment ORDER BY position ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS finished_at_before
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
)
SELECT
  app,
  environment,
  number,
  attempt,
  position,
  status,
  kind,
  deployer,
  ref,
  sha,
  previous_sha,
  link,
  queued_at,
  started_at,
  ended_at,
  live_position,
  live_position_before,
  -- The attempted change: of a failure the one with its sha, which may go live later; else the last change up to this attempt.
  IF(
    kind = 'failure',
    IF(sha IS NULL, NULL, first_live_position),
    LAST_VALUE(IF(kind = 'change', position, NULL) IGNORE NULLS) OVER (
      PARTITION BY app, environment ORDER BY position ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    )
  ) AS change_position,
  LAST_VALUE(IF(kind = 'change', position, NULL) IGNORE NULLS) OVER (
    PARTITION BY app, environment ORDER BY position ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  ) AS change_position_before,
  LAST_VALUE(IF(status = 'finished', kind, NULL) IGNORE NULLS) OVER (
    PARTITION BY app, environment ORDER BY position ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  ) AS finished_kind_before,
  IF(status = 'finished', TIMESTAMP_DIFF(ended_at, finished_at_before, MILLISECOND) / 1000, NULL) AS seconds_since_previous
FROM classified
