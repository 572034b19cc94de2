-- How long a check was red on a repository's default branch, per day, from its first verdict to today. Green days have a row too.
WITH calendar AS (
  SELECT
    repository,
    check_name,
    day,
    GREATEST(TIMESTAMP(day, settings.time_zone), first_verdict_at) AS observed_from,
    -- A day has 23 or 25 hours when the clocks change.
    LEAST(TIMESTAMP(DATE_ADD(day, INTERVAL 1 DAY), settings.time_zone), CURRENT_TIMESTAMP()) AS observed_until
  FROM (
    SELECT repository, check_name, MIN(LEAST(completed_at, received_at)) AS first_verdict_at
    FROM product_eng.main_check_runs
    WHERE verdict IS NOT NULL
    GROUP BY repository, check_name
  )
  CROSS JOIN product_eng.organization AS settings
  CROSS JOIN UNNEST(
    GENERATE_DATE_ARRAY(DATE(first_verdict_at, settings.time_zone), DATE(CURRENT_TIMESTAMP(), settings.time_zone))
  ) AS day
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
