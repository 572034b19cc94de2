-- Jobs of GitHub Actions per repository, workflow, labels and day of their creation in the organization's time zone: how long they waited
-- for a runner, and billed minutes and cost, also of repeated runs alone.
WITH jobs AS (
  SELECT
    job.*,
    DATE(job.created_at, settings.time_zone) AS day
  FROM product_eng.workflow_jobs AS job
  CROSS JOIN product_eng.organization AS settings
  WHERE job.created_at IS NOT NULL
),
percentiles AS (
  SELECT
    *,
    COUNT(wait_seconds) OVER (PARTITION BY repository, workflow_name, labels, day) AS waits,
    PERCENTILE_CONT(wait_seconds, 0.5) OVER (PARTITION BY repository, workflow_name, labels, day) AS wait_p50,
    PERCENTILE_CONT(wait_seconds, 0.9) OVER (PARTITION BY repository, workflow_name, labels, day) AS wait_p90
  FROM jobs
)
SELECT
  jobs.repository,
  jobs.workflow_name,
  jobs.labels,
  jobs.day,
  COUNT(*) AS jobs,
  COUNTIF(jobs.run_attempt > 1) AS repeated_jobs,
  MIN(jobs.wait_p50) AS wait_seconds_p50,
  MIN(jobs.wait_p90) AS wait_seconds_p90,
  MIN(jobs.waits) AS waits,
  IFNULL(SUM(jobs.billed_minutes), 0) AS billed_minutes,
  IFNULL(SUM(IF(jobs.run_attempt > 1, jobs.billed_minutes, 0)), 0) AS repeated_minutes,
  SUM(jobs.cost_usd) AS cost_usd,
  COUNTIF(jobs.billed_minutes IS NOT NULL AND jobs.cost_usd IS NULL) AS jobs_without_price,
  IFNULL(owner.service, REGEXP_EXTRACT(jobs.repository, r'/(.+)$')) AS service,
  owner.team
FROM percentiles AS jobs
LEFT JOIN product_eng.service_repositories AS owner
  ON owner.repository = jobs.repository
GROUP BY jobs.repository, jobs.workflow_name, jobs.labels, jobs.day, owner.service, owner.team
