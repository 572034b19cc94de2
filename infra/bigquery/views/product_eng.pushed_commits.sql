-- Every commit that a push brought to a branch: a row per repository, branch and commit.
WITH pushed AS (
  SELECT
    push.repository,
    REGEXP_EXTRACT(JSON_VALUE(push.payload, '$.ref'), r'^refs/heads/(.+)$') AS branch,
    JSON_VALUE(push.payload, '$.repository.default_branch') AS default_branch,
    JSON_VALUE(commit, '$.id') AS sha,
    JSON_VALUE(commit, '$.author.username') AS author,
    JSON_VALUE(commit, '$.message') AS message,
    SAFE_CAST(JSON_VALUE(commit, '$.timestamp') AS TIMESTAMP) AS authored_at,
    IFNULL(JSON_VALUE(commit, '$.distinct') = 'true', FALSE) AS is_distinct,
    push.time AS pushed_at
  FROM product_eng.events_deduplicated AS push, UNNEST(JSON_QUERY_ARRAY(push.payload, '$.commits')) AS commit
  WHERE push.type = 'github.push'
)
SELECT
  repository,
  branch,
  sha,
  author,
  REGEXP_EXTRACT(message, r'^[^\n]*') AS title,
  -- git-revert writes the line. A revert of a revert brings a change back.
  IF(
    REGEXP_CONTAINS(message, r'^Revert "Revert "'),
    NULL,
    LOWER(REGEXP_EXTRACT(message, r'This reverts commit ([0-9a-fA-F]{7,64})'))
  ) AS reverts_commit,
  authored_at,
  pushed_at,
  branch = default_branch AS is_default_branch,
  is_distinct
FROM pushed
WHERE branch IS NOT NULL AND sha IS NOT NULL
QUALIFY ROW_NUMBER() OVER (PARTITION BY repository, branch, sha ORDER BY pushed_at, is_distinct DESC) = 1
