-- Delivery of every app, per UTC day and per week (Monday to Sunday, UTC). Periods without a deploy have a row too.
WITH calendar AS (
  SELECT DISTINCT
    app,
    environment,
    period,
    IF(period = 'day', day, DATE_TRUNC(day, WEEK(MONDAY))) AS period_start
  FROM (
    SELECT app, environment, DATE(MIN(ended_at)) AS first_day, DATE(MAX(ended_at)) AS last_day
    FROM product_eng.deployments
    GROUP BY app, environment
  ),
  UNNEST(GENERATE_DATE_ARRAY(first_day, GREATEST(last_day, CURRENT_DATE()))) AS day,
  UNNEST(['day', 'week']) AS period
),
deployed AS (
  SELECT
    app,
    environment,
    period,
    IF(period = 'day', DATE(ended_at), DATE_TRUNC(DATE(ended_at), WEEK(MONDAY))) AS period_start,
    COUNTIF(status = 'finished') AS deployments,
    COUNT(DISTINCT IF(status = 'finished', DATE(ended_at), NULL)) AS deployment_days,
    COUNTIF(status = 'failed') AS failed_deployments,
    COUNTIF(kind = 'change') AS changes,
    COUNTIF(kind = 'rollback') AS rollbacks,
    COUNTIF(kind = 'redeploy') AS redeploys,
    COUNTIF(change_failed) AS failed_changes
  FROM product_eng.deployments, UNNEST(['day', 'week']) AS period
  GROUP BY app, environment, period, period_start
),
led AS (
  SELECT
    app,
    environment,
    period,
    IF(period = 'day', DATE(deployed_at), DATE_TRUNC(DATE(deployed_at), WEEK(MONDAY))) AS period_start,
    pull_request_number,
    lead_time_seconds
  FROM product_eng.lead_times, UNNEST(['day', 'week']) AS period
  -- A bot's pull requests say nothing about how long people's changes take.
  WHERE NOT author_is_bot
),
lead_times AS (
  SELECT DISTINCT
    app,
    environment,
    period,
    period_start,
    COUNTIF(lead_time_seconds IS NOT NULL AND pull_request_number IS NOT NULL) OVER (
      PARTITION BY app, environment, period, period_start
    ) AS pull_requests,
    COUNTIF(pull_request_number IS NULL) OVER (
      PARTITION BY app, environment, period, period_start
    ) AS commits_without_pull_request,
    PERCENTILE_CONT(lead_time_seconds, 0.5) OVER (PARTITION BY app, environment, period, period_start) AS p50,
    PERCENTILE_CONT(lead_time_seconds, 0.9) OVER (PARTITION BY app, environment, period, period_start) AS p90
  FROM led
),
failed AS (
  SELECT
    app,
    environment,
    period,
    IF(period = 'day', DATE(failed_at), DATE_TRUNC(DATE(failed_at), WEEK(MONDAY))) AS period_start,
    recovered_at,
    -- The time until a failed attempt was repeated is no recovery: users kept what was live.
    IF(cause = 'failed_deploy', NULL, recovery_seconds) AS recovery_seconds
  FROM product_eng.deployment_failures, UNNEST(['day', 'week']) AS period
),
recoveries AS (
  SELECT DISTINCT
    app,
    environment,
    period,
    period_start,
    COUNT(*) OVER (PARTITION BY app, environment, period, period_start) AS failures,
    COUNTIF(recovered_at IS NULL) OVER (PARTITION BY app, environment, period, period_start) AS open_failures,
    COUNT(recovery_seconds) OVER (PARTITION BY app, environment, period, period_start) AS recoveries,
    PERCENTILE_CONT(recovery_seconds, 0.5) OVER (PARTITION BY app, environment, period, period_start) AS p50,
    PERCENTILE_CONT(recovery_seconds, 0.9) OVER (PARTITION BY app, environment, period, period_start) AS p90
  FROM failed
)
SELECT
  app,
  environment,
  period,
  period_start,
  IFNULL(deployed.deployments, 0) AS deployments,
  IFNULL(deployed.deployment_days, 0) AS deployment_days,
  IFNULL(deployed.failed_deployments, 0) AS failed_deployments,
  IFNULL(deployed.changes, 0) AS changes,
  IFNULL(deployed.rollbacks, 0) AS rollbacks,
  IFNULL(deployed.redeploys, 0) AS redeploys,
  IFNULL(deployed.failed_changes, 0) AS failed_changes,
  SAFE_DIVIDE(deployed.failed_changes, deployed.changes) AS change_failure_rate,
  IFNULL(lead_times.pull_requests, 0) AS pull_requests,
  lead_times.p50 AS lead_time_seconds_p50,
  lead_times.p90 AS lead_time_seconds_p90,
  IFNULL(recoveries.failures, 0) AS failures,
  recoveries.p50 AS recovery_seconds_p50,
  recoveries.p90 AS recovery_seconds_p90,
  SAFE_DIVIDE(deployed.failed_deployments, deployed.deployments + deployed.failed_deployments) AS deploy_failure_rate,
  IFNULL(recoveries.open_failures, 0) AS open_failures,
  IFNULL(recoveries.recoveries, 0) AS recoveries,
  IFNULL(lead_times.commits_without_pull_request, 0) AS commits_without_pull_request
FROM calendar
LEFT JOIN deployed USING (app, environment, period, period_start)
LEFT JOIN lead_times USING (app, environment, period, period_start)
LEFT JOIN recoveries USING (app, environment, period, period_start)
