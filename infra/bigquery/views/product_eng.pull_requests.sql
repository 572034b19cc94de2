-- Every pull request that an event mentioned, with its latest known state.
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
  (SELECT STRING_AGG(label, ', ' ORDER BY label) FROM UNNEST(JSON_VALUE_ARRAY(labels)) AS label) AS labels,
  reverts_pull_request,
  reverts_commit,
  is_revert
FROM product_eng.pull_request_facts AS pull_request
LEFT JOIN open_source.bot_facts AS bots
  ON bots.username = pull_request.author
