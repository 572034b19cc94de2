-- Every review of a pull request, with its latest state.
WITH states AS (
  SELECT
    repository,
    CAST(JSON_VALUE(event, '$.review.id') AS INT64) AS review_id,
    CAST(JSON_VALUE(event, '$.pullRequest.number') AS INT64) AS pull_request_number,
    JSON_VALUE(event, '$.pullRequest.author') AS pull_request_author,
    JSON_VALUE(event, '$.review.author') AS author,
    JSON_VALUE(payload, '$.review.user.type') AS author_type,
    LOWER(JSON_VALUE(event, '$.review.state')) AS state,
    TIMESTAMP(JSON_VALUE(event, '$.review.submittedAt')) AS submitted_at,
    received_at,
    event_id
  FROM product_eng.events_deduplicated
  WHERE STARTS_WITH(type, 'github.pull_request_review.') AND repository IS NOT NULL
)
SELECT
  repository,
  review_id,
  pull_request_number,
  pull_request_author,
  author,
  IFNULL(author_type = 'Bot', FALSE) OR IFNULL(ENDS_WITH(author, '[bot]'), FALSE) AS author_is_bot,
  state,
  submitted_at
FROM states
WHERE submitted_at IS NOT NULL
QUALIFY ROW_NUMBER() OVER (PARTITION BY repository, review_id ORDER BY received_at DESC, event_id) = 1
