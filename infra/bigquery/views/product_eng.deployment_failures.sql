-- Every failure and its recovery: a change that a rollback withdrew, from the moment it first went live to the end of the last of the
-- consecutive rollbacks; or a run of failed attempts, to the next finished deploy. Attempts that end in a rollback are part of its failure.
WITH ordered AS (
  SELECT
    *,
    LAST_VALUE(IF(status = 'finished', kind, NULL) IGNORE NULLS) OVER (
      PARTITION BY app, environment ORDER BY position ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS finished_kind_before,
    LAST_VALUE(live_position IGNORE NULLS) OVER (
      PARTITION BY app, environment ORDER BY position ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS live_position_before,
    LAG(status) OVER (PARTITION BY app, environment ORDER BY position) AS previous_status,
    FIRST_VALUE(IF(status = 'finished', kind, NULL) IGNORE NULLS) OVER (
      PARTITION BY app, environment ORDER BY position ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
    ) AS next_finished_kind,
    FIRST_VALUE(IF(status = 'finished', number, NULL) IGNORE NULLS) OVER (
      PARTITION BY app, environment ORDER BY position ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
    ) AS next_finished_number,
    MIN(IF(status = 'finished', ended_at, NULL)) OVER (
      PARTITION BY app, environment ORDER BY position ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
    ) AS next_finished_at
  FROM product_eng.deployments
),
rollbacks AS (
  SELECT
    *,
    COUNTIF(finished_kind_before <> 'rollback') OVER (PARTITION BY app, environment ORDER BY position) AS run
  FROM ordered
  WHERE kind = 'rollback'
),
recoveries AS (
  SELECT
    app,
    environment,
    MAX(IF(finished_kind_before <> 'rollback', live_position_before, NULL)) AS failed_position,
    ARRAY_AGG(number ORDER BY position DESC LIMIT 1)[OFFSET(0)] AS recovered_number,
    MAX(ended_at) AS recovered_at
  FROM rollbacks
  GROUP BY app, environment, run
),
failures AS (
  SELECT
    recovery.app,
    recovery.environment,
    'rollback' AS cause,
    failed.number AS change_number,
    failed.number AS failed_number,
    failed.ended_at AS failed_at,
    recovery.recovered_number,
    recovery.recovered_at
  FROM recoveries AS recovery
  JOIN ordered AS failed
    ON failed.app = recovery.app
    AND failed.environment = recovery.environment
    AND failed.position = recovery.failed_position
  UNION ALL
  SELECT
    app,
    environment,
    'failed_deploy' AS cause,
    change_number,
    number AS failed_number,
    ended_at AS failed_at,
    next_finished_number AS recovered_number,
    next_finished_at AS recovered_at
  FROM ordered
  WHERE kind = 'failure'
    AND IFNULL(previous_status, 'none') <> 'failed'
    AND IFNULL(next_finished_kind, 'none') <> 'rollback'
)
SELECT
  app,
  environment,
  cause,
  change_number,
  failed_number,
  failed_at,
  recovered_number,
  recovered_at,
  TIMESTAMP_DIFF(recovered_at, failed_at, MILLISECOND) / 1000 AS recovery_seconds
FROM failures
