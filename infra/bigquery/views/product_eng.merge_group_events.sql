-- Every event of a merge queue's group.
SELECT
  event_id,
  repository,
  action,
  pull_request_number,
  head_sha,
  base_branch,
  reason,
  happened_at
FROM product_eng.merge_group_event_facts
