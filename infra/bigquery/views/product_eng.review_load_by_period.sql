-- Reviews per repository, reviewer, and day, week, month and quarter of the review in the organization's time zone.
WITH reviewed AS (
  SELECT
    review.repository,
    review.author AS reviewer,
    DATE(review.submitted_at, settings.time_zone) AS day,
    review.pull_request_number,
    review.state
  FROM product_eng.reviews AS review
  CROSS JOIN product_eng.organization AS settings
  WHERE NOT review.author_is_bot AND review.author <> IFNULL(review.pull_request_author, '')
)
SELECT
  reviewed.repository,
  reviewed.reviewer,
  calendar_period.period,
  calendar_period.period_start,
  NOT calendar_period.is_over AS is_partial,
  COUNT(*) AS reviews,
  COUNT(DISTINCT reviewed.pull_request_number) AS pull_requests,
  COUNTIF(reviewed.state = 'approved') AS approvals,
  COUNTIF(reviewed.state = 'changes_requested') AS requests_for_changes,
  IFNULL(owner.service, REGEXP_EXTRACT(reviewed.repository, r'/(.+)$')) AS service,
  owner.team
FROM reviewed
JOIN product_eng.periods AS calendar_period
  ON calendar_period.day = reviewed.day
LEFT JOIN product_eng.service_repositories AS owner
  ON owner.repository = reviewed.repository
GROUP BY reviewed.repository, reviewed.reviewer, calendar_period.period, calendar_period.period_start, calendar_period.is_over, owner.service, owner.team
