-- Every time that a pull request entered a merge queue: how long it waited, how it left, and how many groups tested it.
WITH moves AS (
  SELECT
    repository,
    pull_request_number,
    action,
    happened_at AS enqueued_at,
    LEAD(action) OVER (PARTITION BY repository, pull_request_number ORDER BY happened_at, action DESC, received_at) AS next_action,
    LEAD(happened_at) OVER (PARTITION BY repository, pull_request_number ORDER BY happened_at, action DESC, received_at) AS next_at,
    LEAD(dequeue_reason) OVER (PARTITION BY repository, pull_request_number ORDER BY happened_at, action DESC, received_at) AS next_reason
  FROM product_eng.pull_request_event_facts
  WHERE action IN ('enqueued', 'dequeued')
),
entries AS (
  SELECT
    moves.repository,
    moves.pull_request_number,
    pull.base_branch,
    moves.enqueued_at,
    -- A queue that merges may send no dequeued event.
    COALESCE(
      IF(moves.next_action = 'dequeued', moves.next_at, NULL),
      IF(pull.merged_at >= moves.enqueued_at AND (moves.next_at IS NULL OR pull.merged_at <= moves.next_at), pull.merged_at, NULL)
    ) AS left_at,
    IF(moves.next_action = 'dequeued', moves.next_reason, NULL) AS reason,
    pull.merged_at
  FROM moves
  LEFT JOIN product_eng.pull_requests AS pull
    ON pull.repository = moves.repository AND pull.number = moves.pull_request_number
  WHERE moves.action = 'enqueued'
),
tested AS (
  SELECT entries.repository, entries.pull_request_number, entries.enqueued_at, COUNT(DISTINCT grouped.event_id) AS tested_groups
  FROM entries
  JOIN product_eng.merge_group_events AS grouped
    ON grouped.repository = entries.repository
    AND grouped.pull_request_number = entries.pull_request_number
    AND grouped.action = 'checks_requested'
    AND grouped.happened_at >= entries.enqueued_at
    AND (entries.left_at IS NULL OR grouped.happened_at <= entries.left_at)
  GROUP BY entries.repository, entries.pull_request_number, entries.enqueued_at
)
SELECT
  entries.repository,
  entries.pull_request_number,
  entries.base_branch,
  entries.enqueued_at,
  entries.left_at,
  CASE
    WHEN entries.left_at IS NULL THEN 'waiting'
    WHEN UPPER(entries.reason) = 'MERGE' OR (entries.reason IS NULL AND entries.merged_at IS NOT NULL) THEN 'merged'
    ELSE 'ejected'
  END AS outcome,
  entries.reason,
  TIMESTAMP_DIFF(entries.left_at, entries.enqueued_at, MILLISECOND) / 1000 AS wait_seconds,
  IFNULL(tested.tested_groups, 0) AS tested_groups,
  IFNULL(owner.service, REGEXP_EXTRACT(entries.repository, r'/(.+)$')) AS service,
  owner.team
FROM entries
LEFT JOIN tested
  ON tested.repository = entries.repository
  AND tested.pull_request_number = entries.pull_request_number
  AND tested.enqueued_at = entries.enqueued_at
LEFT JOIN product_eng.service_repositories AS owner
  ON owner.repository = entries.repository
