-- Every failure of production and its recovery: by the next finished deploy after a run of failed deploys, or by a rollback to a
-- commit that had been live.
WITH followed AS (
  SELECT
    *,
    LAG(kind) OVER (PARTITION BY app, environment ORDER BY position) AS previous_kind,
    LAG(number) OVER (PARTITION BY app, environment ORDER BY position) AS previous_number,
    LAG(ended_at) OVER (PARTITION BY app, environment ORDER BY position) AS previous_ended_at,
    FIRST_VALUE(IF(status = 'finished', number, NULL) IGNORE NULLS) OVER (
      PARTITION BY app, environment ORDER BY position ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
    ) AS next_finished_number,
    MIN(IF(status = 'finished', ended_at, NULL)) OVER (
      PARTITION BY app, environment ORDER BY position ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
    ) AS next_finished_at
  FROM product_eng.deployments
),
failures AS (
  SELECT
    app,
    environment,
    IF(kind = 'failure', 'failed_deploy', 'rollback') AS cause,
    change_number,
    IF(kind = 'failure', number, previous_number) AS failed_number,
    IF(kind = 'failure', ended_at, previous_ended_at) AS failed_at,
    IF(kind = 'failure', next_finished_number, number) AS recovered_number,
    IF(kind = 'failure', next_finished_at, ended_at) AS recovered_at
  FROM followed
  WHERE kind IN ('failure', 'rollback') AND IFNULL(previous_kind, 'none') <> 'failure'
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
