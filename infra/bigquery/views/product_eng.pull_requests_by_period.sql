-- Merged pull requests of people per repository, and per day, week, month and quarter of the merge in the organization's time zone: their
-- number, reviews, reverts and size, and how long each part of their way took. Periods without a merge have no row.
WITH merged AS (
  SELECT pull.*, DATE(pull.merged_at, settings.time_zone) AS day
  FROM product_eng.pull_request_cycles AS pull
  CROSS JOIN product_eng.organization AS settings
  -- A bot's pull requests say nothing about how people work.
  WHERE NOT pull.author_is_bot
),
percentiles AS (
  SELECT
    repository,
    period,
    period_start,
    period_end,
    NOT is_over AS is_partial,
    reviews,
    review_rounds,
    is_self_merged,
    is_revert,
    reverted_at,
    service,
    team,
    COUNT(coding_seconds) OVER (PARTITION BY repository, period, period_start) AS coding_n,
    PERCENTILE_CONT(coding_seconds, 0.5) OVER (PARTITION BY repository, period, period_start) AS coding_p50,
    PERCENTILE_CONT(coding_seconds, 0.9) OVER (PARTITION BY repository, period, period_start) AS coding_p90,
    COUNT(pickup_seconds) OVER (PARTITION BY repository, period, period_start) AS pickup_n,
    PERCENTILE_CONT(pickup_seconds, 0.5) OVER (PARTITION BY repository, period, period_start) AS pickup_p50,
    PERCENTILE_CONT(pickup_seconds, 0.9) OVER (PARTITION BY repository, period, period_start) AS pickup_p90,
    COUNT(review_seconds) OVER (PARTITION BY repository, period, period_start) AS review_n,
    PERCENTILE_CONT(review_seconds, 0.5) OVER (PARTITION BY repository, period, period_start) AS review_p50,
    PERCENTILE_CONT(review_seconds, 0.9) OVER (PARTITION BY repository, period, period_start) AS review_p90,
    COUNT(merge_seconds) OVER (PARTITION BY repository, period, period_start) AS merge_n,
    PERCENTILE_CONT(merge_seconds, 0.5) OVER (PARTITION BY repository, period, period_start) AS merge_p50,
    PERCENTILE_CONT(merge_seconds, 0.9) OVER (PARTITION BY repository, period, period_start) AS merge_p90,
    COUNT(deploy_seconds) OVER (PARTITION BY repository, period, period_start) AS deploy_n,
    PERCENTILE_CONT(deploy_seconds, 0.5) OVER (PARTITION BY repository, period, period_start) AS deploy_p50,
    PERCENTILE_CONT(deploy_seconds, 0.9) OVER (PARTITION BY repository, period, period_start) AS deploy_p90,
    COUNT(changed_lines) OVER (PARTITION BY repository, period, period_start) AS lines_n,
    PERCENTILE_CONT(changed_lines, 0.5) OVER (PARTITION BY repository, period, period_start) AS lines_p50,
    PERCENTILE_CONT(changed_lines, 0.9) OVER (PARTITION BY repository, period, period_start) AS lines_p90
  FROM merged
  JOIN product_eng.periods AS calendar_period
    ON calendar_period.day = merged.day
)
SELECT
  repository,
  period,
  period_start,
  period_end,
  is_partial,
  COUNT(*) AS merged_pull_requests,
  COUNTIF(reviews = 0) AS unreviewed,
  COUNTIF(is_self_merged) AS self_merged,
  COUNTIF(is_revert) AS reverts,
  COUNTIF(reverted_at IS NOT NULL) AS reverted,
  SAFE_DIVIDE(COUNTIF(reverted_at IS NOT NULL), COUNT(*)) AS revert_rate,
  COUNTIF(review_rounds > 1) AS reviewed_again,
  MIN(coding_p50) AS coding_seconds_p50,
  MIN(coding_p90) AS coding_seconds_p90,
  MIN(coding_n) AS coding_times,
  MIN(pickup_p50) AS pickup_seconds_p50,
  MIN(pickup_p90) AS pickup_seconds_p90,
  MIN(pickup_n) AS pickup_times,
  MIN(review_p50) AS review_seconds_p50,
  MIN(review_p90) AS review_seconds_p90,
  MIN(review_n) AS review_times,
  MIN(merge_p50) AS merge_seconds_p50,
  MIN(merge_p90) AS merge_seconds_p90,
  MIN(merge_n) AS merge_times,
  MIN(deploy_p50) AS deploy_seconds_p50,
  MIN(deploy_p90) AS deploy_seconds_p90,
  MIN(deploy_n) AS deploy_times,
  MIN(lines_p50) AS changed_lines_p50,
  MIN(lines_p90) AS changed_lines_p90,
  MIN(lines_n) AS sizes,
  service,
  team
FROM percentiles
GROUP BY repository, period, period_start, period_end, is_partial, service, team
