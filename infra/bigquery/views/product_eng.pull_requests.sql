-- Every pull request that an event mentioned, with its latest known state.
WITH states AS (
  SELECT
    repository,
    CAST(JSON_VALUE(event, '$.pullRequest.number') AS INT64) AS number,
    JSON_VALUE(event, '$.pullRequest.title') AS title,
    JSON_VALUE(event, '$.pullRequest.author') AS author,
    JSON_VALUE(event, '$.pullRequest.authorType') AS author_type,
    JSON_VALUE(event, '$.pullRequest.headBranch') AS head_branch,
    JSON_VALUE(event, '$.pullRequest.headRepository') AS head_repository,
    JSON_VALUE(event, '$.pullRequest.headSha') AS head_sha,
    JSON_VALUE(event, '$.pullRequest.baseBranch') AS base_branch,
    JSON_VALUE(event, '$.pullRequest.mergeCommitSha') AS merge_commit_sha,
    TIMESTAMP(JSON_VALUE(event, '$.pullRequest.createdAt')) AS opened_at,
    TIMESTAMP(JSON_VALUE(event, '$.pullRequest.mergedAt')) AS merged_at,
    TIMESTAMP(JSON_VALUE(event, '$.pullRequest.closedAt')) AS closed_at,
    COALESCE(TIMESTAMP(JSON_VALUE(event, '$.pullRequest.updatedAt')), time) AS updated_at,
    (
      SELECT STRING_AGG(label, ', ' ORDER BY label)
      FROM UNNEST(JSON_VALUE_ARRAY(event, '$.pullRequest.labels')) AS label
    ) AS labels,
    CAST(JSON_VALUE(event, '$.pullRequest.reverts.pullRequest') AS INT64) AS reverts_pull_request,
    JSON_VALUE(event, '$.pullRequest.reverts.commit') AS reverts_commit,
    IFNULL(STARTS_WITH(TO_JSON_STRING(JSON_QUERY(event, '$.pullRequest.reverts')), '{'), FALSE) AS is_revert,
    received_at,
    event_id
  FROM product_eng.events_deduplicated
  WHERE source = 'github' AND repository IS NOT NULL AND JSON_VALUE(event, '$.pullRequest.number') IS NOT NULL
),
bots AS (
  -- The functions' configuration names bots that GitHub takes for people.
  SELECT DISTINCT username
  FROM open_source.github_events
  WHERE user_type = 'bot'
)
SELECT
  repository,
  number,
  title,
  author,
  CASE WHEN merged_at IS NOT NULL THEN 'merged' WHEN closed_at IS NOT NULL THEN 'closed' ELSE 'open' END AS state,
  head_branch,
  head_sha,
  base_branch,
  -- Before the merge this is GitHub's test merge, https://docs.github.com/rest/pulls/pulls#get-a-pull-request
  IF(merged_at IS NOT NULL, merge_commit_sha, NULL) AS merge_commit_sha,
  opened_at,
  merged_at,
  closed_at,
  updated_at,
  head_repository,
  IFNULL(author_type = 'bot', FALSE) OR IFNULL(ENDS_WITH(author, '[bot]'), FALSE) OR bots.username IS NOT NULL AS author_is_bot,
  labels,
  reverts_pull_request,
  reverts_commit,
  is_revert
FROM states
LEFT JOIN bots
  ON bots.username = states.author
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY repository, number ORDER BY updated_at DESC, received_at DESC, event_id) = 1
