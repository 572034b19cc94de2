-- Every day since 2000 in the organization's time zone, with the day, week (from Monday), month and quarter that it belongs to.
WITH clock AS (
  SELECT DATE(CURRENT_TIMESTAMP(), time_zone) AS today
  FROM product_eng.organization
),
starts AS (
  SELECT
    today,
    day,
    period,
    CASE period
      WHEN 'day' THEN day
      WHEN 'week' THEN DATE_TRUNC(day, WEEK(MONDAY))
      WHEN 'month' THEN DATE_TRUNC(day, MONTH)
      ELSE DATE_TRUNC(day, QUARTER)
    END AS period_start
  FROM clock,
    -- A sender's clock may be ahead by a day.
    UNNEST(GENERATE_DATE_ARRAY(DATE '2000-01-01', DATE_ADD(today, INTERVAL 2 DAY))) AS day,
    UNNEST(['day', 'week', 'month', 'quarter']) AS period
),
ends AS (
  SELECT
    *,
    DATE_SUB(
      CASE period
        WHEN 'day' THEN DATE_ADD(period_start, INTERVAL 1 DAY)
        WHEN 'week' THEN DATE_ADD(period_start, INTERVAL 7 DAY)
        WHEN 'month' THEN DATE_ADD(period_start, INTERVAL 1 MONTH)
        ELSE DATE_ADD(period_start, INTERVAL 3 MONTH)
      END,
      INTERVAL 1 DAY
    ) AS period_end
  FROM starts
)
SELECT
  day,
  period,
  period_start,
  period_end,
  period_end < today AS is_over
FROM ends
