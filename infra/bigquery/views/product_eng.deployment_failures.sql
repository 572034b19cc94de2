-- Every failure and its recovery: a change that failed, from the moment it first went live to the end of the last of the consecutive
-- rollbacks, or of the revert or hotfix; or a run of failed attempts, to the next finished deploy. Attempts that end in a rollback or
-- hotfix are part of its failure.
WITH ordered AS (
  SELECT
    *,
    LAG(status) OVER (PARTITION BY app, environment ORDER BY position) AS previous_status,
    FIRST_VALUE(IF(status = 'finished', kind = 'rollback' OR is_hotfix, NULL) IGNORE NULLS) OVER (
      PARTITION BY app, environment ORDER BY position ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
    ) AS next_finished_is_remedy,
    FIRST_VALUE(IF(status = 'finished', number, NULL) IGNORE NULLS) OVER (
      PARTITION BY app, environment ORDER BY position ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
    ) AS next_finished_number,
    MIN(IF(status = 'finished', ended_at, NULL)) OVER (
      PARTITION BY app, environment ORDER BY position ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
    ) AS next_finished_at
  FROM product_eng.deployments
),
remedies AS (
  -- Consecutive rollbacks are one failure, of the change that was live before the first of them.
  SELECT *
  FROM product_eng.change_remedies
  WHERE is_reason AND position = failure_position
),
withdrawn AS (
  -- Each of the changes that a rollback withdrew may have been at fault.
  SELECT remedies.app, remedies.environment, remedies.position, MIN(change.ended_at) AS earliest_failed_at
  FROM remedies
  JOIN ordered AS recovery
    ON recovery.app = remedies.app
    AND recovery.environment = remedies.environment
    AND recovery.position = remedies.recovered_position
  JOIN ordered AS change
    ON change.app = remedies.app
    AND change.environment = remedies.environment
    AND change.position > recovery.live_position
    AND change.position <= remedies.position
  WHERE remedies.reason = 'rollback' AND change.kind = 'change'
  GROUP BY remedies.app, remedies.environment, remedies.position
),
failures AS (
  SELECT
    app,
    environment,
    position,
    reason AS cause,
    change_number,
    change_number AS failed_number,
    failed_at,
    recovered_number,
    recovered_at
  FROM remedies
  UNION ALL
  SELECT
    app,
    environment,
    position,
    'failed_deploy' AS cause,
    change_number,
    number AS failed_number,
    ended_at AS failed_at,
    next_finished_number AS recovered_number,
    next_finished_at AS recovered_at
  FROM ordered
  WHERE kind = 'failure'
    AND IFNULL(previous_status, 'none') <> 'failed'
    AND NOT IFNULL(next_finished_is_remedy, FALSE)
)
SELECT
  failures.app,
  failures.environment,
  failures.cause,
  failures.change_number,
  failures.failed_number,
  failures.failed_at,
  failures.recovered_number,
  failures.recovered_at,
  TIMESTAMP_DIFF(failures.recovered_at, failures.failed_at, MILLISECOND) / 1000 AS recovery_seconds,
  IFNULL(apps.service, failures.app) AS service,
  apps.team,
  COALESCE(withdrawn.earliest_failed_at, failures.failed_at) AS earliest_failed_at
FROM failures
LEFT JOIN withdrawn
  ON failures.cause = 'rollback'
  AND withdrawn.app = failures.app
  AND withdrawn.environment = failures.environment
  AND withdrawn.position = failures.position
LEFT JOIN product_eng.service_apps AS apps
  ON apps.app = failures.app AND apps.environment = failures.environment
