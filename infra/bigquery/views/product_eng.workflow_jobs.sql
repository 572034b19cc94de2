-- Every job of GitHub Actions with its latest status: how long it waited for a runner, and what it cost at GitHub's list prices.
WITH jobs AS (
  SELECT
    * EXCEPT (labels),
    (SELECT STRING_AGG(label, ', ' ORDER BY label) FROM UNNEST(JSON_VALUE_ARRAY(labels)) AS label) AS labels
  FROM product_eng.workflow_job_facts
),
priced AS (
  -- The first price whose pattern matches the labels. One reading of the jobs: a condition on their time reaches it.
  SELECT
    jobs.*,
    price.runner,
    price.usd_per_minute AS list_price,
    price.is_standard,
    IFNULL(REGEXP_CONTAINS(jobs.labels, price.label_pattern), FALSE) AS is_matched
  FROM jobs
  CROSS JOIN product_eng.runner_prices AS price
  WHERE TRUE
  QUALIFY
    ROW_NUMBER() OVER (
      PARTITION BY jobs.repository, jobs.job_id, jobs.created_at
      ORDER BY IFNULL(REGEXP_CONTAINS(jobs.labels, price.label_pattern), FALSE) DESC, price.priority
    ) = 1
),
timed AS (
  SELECT
    * EXCEPT (runner, list_price, is_standard),
    IF(is_matched, runner, NULL) AS runner,
    CASE WHEN NOT is_matched THEN NULL WHEN is_public AND is_standard THEN 0 ELSE list_price END AS usd_per_minute,
    -- A job without a runner was skipped, or canceled while it waited. GitHub says that a queued job has started when it was created.
    IF(stage > 1 AND runner_name IS NOT NULL, started_at, NULL) AS ran_from
  FROM priced
),
measured AS (
  SELECT
    *,
    IF(ran_from >= created_at, TIMESTAMP_DIFF(ran_from, created_at, MILLISECOND) / 1000, NULL) AS wait_seconds,
    IF(completed_at >= ran_from, TIMESTAMP_DIFF(completed_at, ran_from, MILLISECOND) / 1000, NULL) AS run_seconds
  FROM timed
)
SELECT
  repository,
  job_id,
  run_id,
  run_attempt,
  workflow_name,
  job_name,
  labels,
  runner,
  runner_name,
  head_sha,
  head_branch,
  status,
  conclusion,
  created_at,
  ran_from AS started_at,
  IF(stage = 3, completed_at, NULL) AS completed_at,
  wait_seconds,
  run_seconds,
  -- GitHub rounds each job up to a whole minute.
  CAST(CEIL(run_seconds / 60) AS INT64) AS billed_minutes,
  CEIL(run_seconds / 60) * usd_per_minute AS cost_usd
FROM measured
