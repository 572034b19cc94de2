-- Every open pull request with its age, how long nothing has happened to it, and what it waits for.
WITH verdicts AS (
  -- A reviewer's latest verdict counts; a comment is none.
  SELECT repository, pull_request_number, author, state, submitted_at
  FROM product_eng.reviews
  WHERE NOT author_is_bot AND author <> IFNULL(pull_request_author, '') AND state IN ('approved', 'changes_requested', 'dismissed')
  QUALIFY ROW_NUMBER() OVER (PARTITION BY repository, pull_request_number, author ORDER BY submitted_at DESC, review_id DESC) = 1
),
reviewed AS (
  SELECT
    repository,
    pull_request_number,
    LOGICAL_OR(state = 'changes_requested') AS has_changes_requested,
    LOGICAL_OR(state = 'approved') AS is_approved
  FROM verdicts
  GROUP BY repository, pull_request_number
),
activity AS (
  SELECT repository, pull_request_number, MAX(submitted_at) AS reviewed_at
  FROM product_eng.reviews
  GROUP BY repository, pull_request_number
)
SELECT
  pull.repository,
  pull.number,
  pull.title,
  pull.author,
  pull.author_is_bot,
  IFNULL(drafts.is_draft, FALSE) AS is_draft,
  CASE
    WHEN drafts.is_draft THEN 'draft'
    WHEN reviewed.has_changes_requested THEN 'author'
    WHEN reviewed.is_approved THEN 'merge'
    ELSE 'review'
  END AS waits_for,
  pull.opened_at,
  GREATEST(pull.updated_at, IFNULL(activity.reviewed_at, pull.updated_at)) AS active_at,
  TIMESTAMP_DIFF(CURRENT_TIMESTAMP(), pull.opened_at, MILLISECOND) / 1000 AS age_seconds,
  TIMESTAMP_DIFF(
    CURRENT_TIMESTAMP(),
    GREATEST(pull.updated_at, IFNULL(activity.reviewed_at, pull.updated_at)),
    MILLISECOND
  ) / 1000 AS idle_seconds,
  CASE
    WHEN TIMESTAMP_DIFF(CURRENT_TIMESTAMP(), pull.opened_at, HOUR) < 24 THEN '1 below 1 day'
    WHEN TIMESTAMP_DIFF(CURRENT_TIMESTAMP(), pull.opened_at, HOUR) < 72 THEN '2 1 to 3 days'
    WHEN TIMESTAMP_DIFF(CURRENT_TIMESTAMP(), pull.opened_at, HOUR) < 168 THEN '3 3 to 7 days'
    WHEN TIMESTAMP_DIFF(CURRENT_TIMESTAMP(), pull.opened_at, HOUR) < 672 THEN '4 1 to 4 weeks'
    ELSE '5 above 4 weeks'
  END AS age_group,
  IFNULL(owner.service, REGEXP_EXTRACT(pull.repository, r'/(.+)$')) AS service,
  owner.team
FROM product_eng.pull_requests AS pull
LEFT JOIN product_eng.pull_request_detail_facts AS drafts
  ON drafts.repository = pull.repository AND drafts.number = pull.number
LEFT JOIN reviewed
  ON reviewed.repository = pull.repository AND reviewed.pull_request_number = pull.number
LEFT JOIN activity
  ON activity.repository = pull.repository AND activity.pull_request_number = pull.number
LEFT JOIN product_eng.service_repositories AS owner
  ON owner.repository = pull.repository
WHERE pull.state = 'open' AND pull.opened_at IS NOT NULL
