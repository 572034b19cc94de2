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
  job.repository,
  job.workflow_name,
  job.labels,
  job.day,
  COUNT(*) AS jobs,
  COUNTIF(job.run_attempt > 1) AS repeated_jobs,
  MIN(job.wait_p50) AS wait_seconds_p50,
  MIN(job.wait_p90) AS wait_seconds_p90,
  MIN(job.waits) AS waits,
  IFNULL(SUM(job.billed_minutes), 0) AS billed_minutes,
  IFNULL(SUM(IF(job.run_attempt > 1, job.billed_minutes, 0)), 0) AS repeated_minutes,
  SUM(job.cost_usd) AS cost_usd,
  COUNTIF(job.billed_minutes IS NOT NULL AND job.cost_usd IS NULL) AS jobs_without_price,
  IFNULL(owner.service, REGEXP_EXTRACT(job.repository, r'/(.+)$')) AS service,
  owner.team
FROM percentiles AS job
LEFT JOIN product_eng.service_repositories AS owner
  ON owner.repository = job.repository
GROUP BY job.repository, job.workflow_name, job.labels, job.day, owner.service, owner.team
