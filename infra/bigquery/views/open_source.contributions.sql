-- Every issue and pull request with activity: its author, its end, the first response by an internal person and the first review.
WITH activity AS (
  SELECT
    repository,
    IF(type = 'issues', 'issue', 'pull_request') AS kind,
    number,
    action,
    username,
    user_type,
    opened_at,
    happened_at
  FROM open_source.activity_facts
  UNION ALL
  -- An issue or pull request of which only other events are known has its author too.
  SELECT
    repository,
    'issue' AS kind,
    number,
    'known' AS action,
    author AS username,
    CAST(NULL AS STRING) AS user_type,
    opened_at,
    opened_at AS happened_at
  FROM product_eng.issue_facts
  UNION ALL
  SELECT
    repository,
    'pull_request' AS kind,
    number,
    'known' AS action,
    author AS username,
    CAST(NULL AS STRING) AS user_type,
    opened_at,
    opened_at AS happened_at
  FROM product_eng.pull_request_facts
  UNION ALL
  SELECT
    repository,
    'pull_request' AS kind,
    number,
    'ready_for_review' AS action,
    CAST(NULL AS STRING) AS username,
    CAST(NULL AS STRING) AS user_type,
    opened_at,
    ready_for_review_at AS happened_at
  FROM product_eng.pull_request_detail_facts
  WHERE was_draft AND ready_for_review_at IS NOT NULL
),
objects AS (
  SELECT
    repository,
    kind,
    number,
    COALESCE(
      ARRAY_AGG(IF(action = 'opened', username, NULL) IGNORE NULLS ORDER BY happened_at LIMIT 1)[SAFE_OFFSET(0)],
      MAX(IF(action = 'known', username, NULL))
    ) AS author,
    ARRAY_AGG(IF(action = 'opened', user_type, NULL) IGNORE NULLS ORDER BY happened_at LIMIT 1)[SAFE_OFFSET(0)] AS author_type,
    opened_at,
    MAX(IF(action IN ('closed', 'merged'), happened_at, NULL)) AS last_closed_at,
    MAX(IF(action = 'merged', happened_at, NULL)) AS merged_at,
    MAX(IF(action = 'reopened', happened_at, NULL)) AS last_reopened_at,
    MIN(IF(action = 'review_requested', happened_at, NULL)) AS review_requested_at,
    -- A draft waits for its author.
    GREATEST(
      COALESCE(MIN(IF(action = 'review_requested', happened_at, NULL)), opened_at),
      COALESCE(MIN(IF(action = 'ready_for_review', happened_at, NULL)), opened_at)
    ) AS review_from
  FROM activity
  GROUP BY repository, kind, number, opened_at
),
answered AS (
  -- In one reading of the objects: a condition on their opening reaches the facts.
  SELECT
    objects.repository,
    objects.kind,
    objects.number,
    objects.author,
    objects.author_type,
    objects.opened_at,
    objects.last_closed_at,
    objects.merged_at,
    objects.last_reopened_at,
    objects.review_requested_at,
    objects.review_from,
    MIN(IF(responses.user_type = 'internal', responses.responded_at, NULL)) AS first_response_at,
    MIN(
      IF(
        responses.is_review
          AND IFNULL(responses.user_type, 'unknown') <> 'bot'
          AND responses.responded_at >= objects.review_from,
        responses.responded_at,
        NULL
      )
    ) AS first_review_at
  FROM objects
  -- Issues and pull requests of a repository are numbered together.
  LEFT JOIN open_source.response_facts AS responses
    ON responses.repository = objects.repository
    AND responses.number = objects.number
    AND IFNULL(responses.username, '') <> IFNULL(objects.author, '')
    AND responses.responded_at >= objects.opened_at
  GROUP BY
    objects.repository,
    objects.kind,
    objects.number,
    objects.author,
    objects.author_type,
    objects.opened_at,
    objects.last_closed_at,
    objects.merged_at,
    objects.last_reopened_at,
    objects.review_requested_at,
    objects.review_from
)
SELECT
  repository,
  kind,
  number,
  author,
  author_type,
  CASE
    WHEN merged_at IS NOT NULL THEN 'merged'
    WHEN last_closed_at > IFNULL(last_reopened_at, TIMESTAMP('1970-01-01')) THEN 'closed'
    ELSE 'open'
  END AS state,
  opened_at,
  IF(last_closed_at > IFNULL(last_reopened_at, TIMESTAMP('1970-01-01')), last_closed_at, NULL) AS closed_at,
  merged_at,
  first_response_at,
  TIMESTAMP_DIFF(first_response_at, opened_at, MILLISECOND) / 1000 AS first_response_seconds,
  review_requested_at,
  first_review_at,
  TIMESTAMP_DIFF(first_review_at, review_from, MILLISECOND) / 1000 AS review_turnaround_seconds
FROM answered
