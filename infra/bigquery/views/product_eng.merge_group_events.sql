-- Every event of a merge queue's group.
SELECT
  event_id,
  repository,
  action,
  CAST(JSON_VALUE(event, '$.mergeGroup.pullRequest') AS INT64) AS pull_request_number,
  JSON_VALUE(event, '$.mergeGroup.headSha') AS head_sha,
  JSON_VALUE(event, '$.mergeGroup.baseBranch') AS base_branch,
  JSON_VALUE(event, '$.mergeGroup.reason') AS reason,
  time AS happened_at
FROM product_eng.events_deduplicated
WHERE STARTS_WITH(type, 'github.merge_group.') AND repository IS NOT NULL
