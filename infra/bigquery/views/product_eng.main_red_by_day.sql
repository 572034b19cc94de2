-- How long a check was red on a repository's default branch, per UTC day, from its first verdict to today. Green days have a row too.
WITH calendar AS (
  SELECT
    repository,
    check_name,
    day,
    GREATEST(TIMESTAMP(day), first_verdict_at) AS observed_from,
    LEAST(TIMESTAMP_ADD(TIMESTAMP(day), INTERVAL 24 HOUR), CURRENT_TIMESTAMP()) AS observed_until
  FROM (
    SELECT repository, check_name, MIN(LEAST(completed_at, received_at)) AS first_verdict_at
    FROM product_eng.main_check_runs
    WHERE verdict IS NOT NULL
    GROUP BY repository, check_name
  ),
  UNNEST(GENERATE_DATE_ARRAY(DATE(first_verdict_at), CURRENT_DATE())) AS day
),
spans AS (
  SELECT
    calendar.repository,
    calendar.check_name,
    calendar.day,
    calendar.observed_from,
    calendar.observed_until,
    TIMESTAMP_DIFF(
      LEAST(COALESCE(period.red_until, CURRENT_TIMESTAMP()), calendar.observed_until),
      GREATEST(period.red_from, calendar.observed_from),
      MILLISECOND
    ) / 1000 AS red_seconds
  FROM calendar
  LEFT JOIN product_eng.main_red_periods AS period
    ON period.repository = calendar.repository
    AND period.check_name = calendar.check_name
    AND period.red_from < calendar.observed_until
    AND COALESCE(period.red_until, CURRENT_TIMESTAMP()) > calendar.observed_from
),
days AS (
  SELECT
    repository,
    check_name,
    day,
    COUNT(red_seconds) AS red_periods,
    IFNULL(SUM(red_seconds), 0) AS red_seconds,
    -- A sender's clock may be ahead of ours.
    GREATEST(TIMESTAMP_DIFF(MIN(observed_until), MIN(observed_from), MILLISECOND), 0) / 1000 AS observed_seconds
  FROM spans
  GROUP BY repository, check_name, day
)
SELECT
  *,
  SAFE_DIVIDE(red_seconds, observed_seconds) AS red_share
FROM days
