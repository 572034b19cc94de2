-- Every event of a pull request itself, without reviews and comments.
SELECT
  event_id,
  repository,
  CAST(JSON_VALUE(event, '$.pullRequest.number') AS INT64) AS pull_request_number,
  action,
  time AS happened_at,
  actor,
  CAST(JSON_VALUE(event, '$.pullRequest.isDraft') AS BOOL) AS is_draft,
  CAST(JSON_VALUE(event, '$.pullRequest.additions') AS INT64) AS additions,
  CAST(JSON_VALUE(event, '$.pullRequest.deletions') AS INT64) AS deletions,
  CAST(JSON_VALUE(event, '$.pullRequest.changedFiles') AS INT64) AS changed_files,
  CAST(JSON_VALUE(event, '$.pullRequest.commits') AS INT64) AS commits,
  JSON_VALUE(event, '$.pullRequest.mergedBy') AS merged_by,
  JSON_VALUE(event, '$.dequeueReason') AS dequeue_reason
FROM product_eng.events_deduplicated
WHERE STARTS_WITH(type, 'github.pull_request.') AND repository IS NOT NULL
