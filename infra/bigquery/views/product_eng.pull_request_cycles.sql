-- Every merged pull request with the parts of its way to production: coding, pickup, review, merge and deploy; with its size and reviews.
WITH pulls AS (
  SELECT
    pull.*,
    LEAST(IFNULL(first_commit.authored_at, pull.opened_at), pull.opened_at) AS begun_at,
    IF(history.was_draft, IFNULL(history.ready_for_review_at, pull.opened_at), pull.opened_at) AS ready_at,
    history.additions,
    history.deletions,
    history.changed_files,
    history.merged_by
  FROM product_eng.pull_requests AS pull
  LEFT JOIN product_eng.pull_request_detail_facts AS history
    ON history.repository = pull.repository AND history.number = pull.number
  LEFT JOIN product_eng.first_commits AS first_commit
    ON first_commit.repository = pull.repository AND first_commit.number = pull.number
  WHERE pull.merged_at IS NOT NULL
),
human_reviews AS (
  -- Answers of the author in a review's thread are reviews for GitHub.
  SELECT *
  FROM product_eng.reviews
  WHERE NOT author_is_bot AND author <> IFNULL(pull_request_author, '')
),
reviewed AS (
  SELECT
    pulls.repository,
    pulls.number,
    COUNT(review.review_id) AS reviews,
    COUNT(DISTINCT review.author) AS reviewers,
    -- A push begins another version: a second version that is reviewed is a second round.
    COUNT(DISTINCT review.commit_sha) AS review_rounds,
    MIN(IF(review.submitted_at >= pulls.ready_at, review.submitted_at, NULL)) AS first_review_at,
    MIN(IF(review.submitted_at >= pulls.ready_at AND review.state = 'approved', review.submitted_at, NULL)) AS approved_at
  FROM pulls
  JOIN human_reviews AS review
    ON review.repository = pulls.repository AND review.pull_request_number = pulls.number AND review.submitted_at <= pulls.merged_at
  GROUP BY pulls.repository, pulls.number
),
deployed AS (
  SELECT repository, pull_request_number, MIN(deployed_at) AS deployed_at
  FROM product_eng.lead_times
  WHERE repository IS NOT NULL
  GROUP BY repository, pull_request_number
),
reverted AS (
  SELECT pulls.repository, pulls.number, MIN(reverts.reverted_at) AS reverted_at
  FROM pulls
  JOIN product_eng.reverts AS reverts
    ON reverts.repository = pulls.repository
  WHERE reverts.reverted_at >= pulls.merged_at
    AND (
      reverts.reverts_pull_request = pulls.number
      OR (reverts.reverts_pull_request IS NULL AND STARTS_WITH(pulls.merge_commit_sha, reverts.reverts_commit))
    )
  GROUP BY pulls.repository, pulls.number
)
SELECT
  pulls.repository,
  pulls.number,
  pulls.title,
  pulls.author,
  pulls.author_is_bot,
  pulls.base_branch,
  pulls.begun_at,
  pulls.opened_at,
  pulls.ready_at,
  reviewed.first_review_at,
  reviewed.approved_at,
  pulls.merged_at,
  deployed.deployed_at,
  -- A negative time means that a clock was wrong, or that the steps came in another order.
  IF(pulls.ready_at >= pulls.begun_at, TIMESTAMP_DIFF(pulls.ready_at, pulls.begun_at, MILLISECOND) / 1000, NULL) AS coding_seconds,
  TIMESTAMP_DIFF(reviewed.first_review_at, pulls.ready_at, MILLISECOND) / 1000 AS pickup_seconds,
  TIMESTAMP_DIFF(reviewed.approved_at, reviewed.first_review_at, MILLISECOND) / 1000 AS review_seconds,
  TIMESTAMP_DIFF(pulls.merged_at, reviewed.approved_at, MILLISECOND) / 1000 AS merge_seconds,
  IF(
    deployed.deployed_at >= pulls.merged_at,
    TIMESTAMP_DIFF(deployed.deployed_at, pulls.merged_at, MILLISECOND) / 1000,
    NULL
  ) AS deploy_seconds,
  IF(
    pulls.merged_at >= pulls.begun_at,
    TIMESTAMP_DIFF(pulls.merged_at, pulls.begun_at, MILLISECOND) / 1000,
    NULL
  ) AS begun_to_merged_seconds,
  pulls.additions,
  pulls.deletions,
  pulls.additions + pulls.deletions AS changed_lines,
  pulls.changed_files,
  IFNULL(reviewed.reviews, 0) AS reviews,
  IFNULL(reviewed.reviewers, 0) AS reviewers,
  IFNULL(reviewed.review_rounds, 0) AS review_rounds,
  pulls.merged_by,
  pulls.merged_by = pulls.author AS is_self_merged,
  pulls.is_revert,
  reverted.reverted_at,
  IFNULL(owner.service, REGEXP_EXTRACT(pulls.repository, r'/(.+)$')) AS service,
  owner.team,
  IF(pulls.ready_at >= pulls.opened_at, TIMESTAMP_DIFF(pulls.ready_at, pulls.opened_at, MILLISECOND) / 1000, NULL) AS draft_seconds
FROM pulls
LEFT JOIN reviewed
  ON reviewed.repository = pulls.repository AND reviewed.number = pulls.number
LEFT JOIN deployed
  ON deployed.repository = pulls.repository AND deployed.pull_request_number = pulls.number
LEFT JOIN reverted
  ON reverted.repository = pulls.repository AND reverted.number = pulls.number
LEFT JOIN product_eng.service_repositories AS owner
  ON owner.repository = pulls.repository
