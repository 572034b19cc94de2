-- Time to first response and review turnaround of issues and pull requests, per repository, type of author and day of opening.
-- Days without an opening have no row.
WITH opened AS (
  SELECT
    repository,
    kind,
    author_type,
    DATE(opened_at, settings.time_zone) AS day,
    first_response_seconds,
    review_turnaround_seconds
  FROM open_source.contributions
  CROSS JOIN product_eng.organization AS settings
  WHERE opened_at IS NOT NULL
),
percentiles AS (
  SELECT
    *,
    PERCENTILE_CONT(first_response_seconds, 0.5) OVER (PARTITION BY repository, kind, author_type, day) AS response_p50,
    PERCENTILE_CONT(first_response_seconds, 0.9) OVER (PARTITION BY repository, kind, author_type, day) AS response_p90,
    PERCENTILE_CONT(review_turnaround_seconds, 0.5) OVER (PARTITION BY repository, kind, author_type, day) AS review_p50,
    PERCENTILE_CONT(review_turnaround_seconds, 0.9) OVER (PARTITION BY repository, kind, author_type, day) AS review_p90
  FROM opened
)
SELECT
  repository,
  kind,
  author_type,
  day,
  COUNT(*) AS opened,
  COUNT(first_response_seconds) AS answered,
  SAFE_DIVIDE(COUNT(first_response_seconds), COUNT(*)) AS answered_share,
  MIN(response_p50) AS first_response_seconds_p50,
  MIN(response_p90) AS first_response_seconds_p90,
  COUNT(review_turnaround_seconds) AS reviewed,
  MIN(review_p50) AS review_turnaround_seconds_p50,
  MIN(review_p90) AS review_turnaround_seconds_p90
FROM percentiles
GROUP BY repository, kind, author_type, day
