-- Every event of a pull request itself, without reviews and comments.
SELECT
  event_id,
  repository,
  pull_request_number,
  action,
  happened_at,
  actor,
  is_draft,
  additions,
  deletions,
  changed_files,
  commits,
  merged_by,
  dequeue_reason
FROM product_eng.pull_request_event_facts
