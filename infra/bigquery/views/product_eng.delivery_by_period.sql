-- Delivery of every app, per day, week (Monday to Sunday), month and quarter in the organization's time zone. Periods without a deploy have
-- a row too.
WITH deployments AS (
  SELECT deployment.*, DATE(deployment.ended_at, settings.time_zone) AS day
  FROM product_eng.deployments AS deployment
  CROSS JOIN product_eng.organization AS settings
),
spans AS (
  SELECT app, environment, MIN(day) AS first_day, MAX(day) AS last_day
  FROM deployments
  GROUP BY app, environment
),
calendar AS (
  SELECT
    spans.app,
    spans.environment,
    calendar_period.period,
    calendar_period.period_start,
    calendar_period.period_end,
    NOT LOGICAL_AND(calendar_period.is_over) OR calendar_period.period_start < spans.first_day AS is_partial
  FROM spans
  CROSS JOIN product_eng.organization AS settings
  JOIN product_eng.periods AS calendar_period
    ON calendar_period.day BETWEEN spans.first_day AND GREATEST(spans.last_day, DATE(CURRENT_TIMESTAMP(), settings.time_zone))
  GROUP BY spans.app, spans.environment, calendar_period.period, calendar_period.period_start, calendar_period.period_end, spans.first_day
),
deployed AS (
  SELECT
    deployment.app,
    deployment.environment,
    calendar_period.period,
    calendar_period.period_start,
    COUNTIF(deployment.status = 'finished') AS deployments,
    COUNT(DISTINCT IF(deployment.status = 'finished', deployment.day, NULL)) AS deployment_days,
    COUNTIF(deployment.status = 'failed') AS failed_deployments,
    COUNTIF(deployment.kind = 'change') AS changes,
    COUNTIF(deployment.kind = 'rollback') AS rollbacks,
    COUNTIF(deployment.kind = 'redeploy') AS redeploys,
    COUNTIF(deployment.change_failed) AS failed_changes,
    COUNTIF(deployment.is_hotfix) AS hotfixes
  FROM deployments AS deployment
  JOIN product_eng.periods AS calendar_period
    ON calendar_period.day = deployment.day
  GROUP BY deployment.app, deployment.environment, calendar_period.period, calendar_period.period_start
),
intervals AS (
  SELECT DISTINCT
    deployment.app,
    deployment.environment,
    calendar_period.period,
    calendar_period.period_start,
    COUNT(deployment.seconds_since_previous) OVER (
      PARTITION BY deployment.app, deployment.environment, calendar_period.period, calendar_period.period_start
    ) AS intervals,
    PERCENTILE_CONT(deployment.seconds_since_previous, 0.5) OVER (
      PARTITION BY deployment.app, deployment.environment, calendar_period.period, calendar_period.period_start
    ) AS p50
  FROM deployments AS deployment
  JOIN product_eng.periods AS calendar_period
    ON calendar_period.day = deployment.day
),
led AS (
  SELECT
    journey.app,
    journey.environment,
    journey.pull_request_number,
    journey.lead_time_seconds,
    DATE(journey.deployed_at, settings.time_zone) AS day
  FROM product_eng.lead_times AS journey
  CROSS JOIN product_eng.organization AS settings
  -- A bot's pull requests say nothing about how long people's changes take.
  WHERE NOT journey.author_is_bot
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
    COUNT(lead_time_seconds) OVER (PARTITION BY app, environment, period, period_start) AS known,
    COUNTIF(lead_time_seconds IS NULL) OVER (PARTITION BY app, environment, period, period_start) AS unknown,
    PERCENTILE_CONT(lead_time_seconds, 0.5) OVER (PARTITION BY app, environment, period, period_start) AS p50,
    PERCENTILE_CONT(lead_time_seconds, 0.9) OVER (PARTITION BY app, environment, period, period_start) AS p90
  FROM led
  JOIN product_eng.periods AS calendar_period
    ON calendar_period.day = led.day
),
failed AS (
  SELECT
    failure.app,
    failure.environment,
    DATE(failure.failed_at, settings.time_zone) AS day,
    failure.recovered_at,
    -- The time until a failed attempt was repeated is no recovery: users kept what was live.
    IF(failure.cause = 'failed_deploy', NULL, failure.recovery_seconds) AS recovery_seconds
  FROM product_eng.deployment_failures AS failure
  CROSS JOIN product_eng.organization AS settings
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
  JOIN product_eng.periods AS calendar_period
    ON calendar_period.day = failed.day
)
SELECT
  calendar.app,
  calendar.environment,
  calendar.period,
  calendar.period_start,
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
  IFNULL(lead_times.commits_without_pull_request, 0) AS commits_without_pull_request,
  IFNULL(deployed.hotfixes, 0) AS hotfixes,
  SAFE_DIVIDE(deployed.rollbacks + deployed.hotfixes, deployed.deployments) AS deployment_rework_rate,
  intervals.p50 AS seconds_between_deployments_p50,
  IFNULL(intervals.intervals, 0) AS deployment_intervals,
  IFNULL(lead_times.known, 0) AS lead_times,
  IFNULL(lead_times.unknown, 0) AS unknown_lead_times,
  calendar.period_end,
  calendar.is_partial,
  IFNULL(apps.service, calendar.app) AS service,
  apps.team
FROM calendar
LEFT JOIN deployed USING (app, environment, period, period_start)
LEFT JOIN intervals USING (app, environment, period, period_start)
LEFT JOIN lead_times USING (app, environment, period, period_start)
LEFT JOIN recoveries USING (app, environment, period, period_start)
LEFT JOIN product_eng.service_apps AS apps
  ON apps.app = calendar.app AND apps.environment = calendar.environment
