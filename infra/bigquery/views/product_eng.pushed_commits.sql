-- Every commit that a push brought to a branch: a row per repository, branch and commit.
SELECT
  repository,
  branch,
  sha,
  author,
  title,
  reverts_commit,
  authored_at,
  pushed_at,
  is_default_branch,
  is_distinct
FROM product_eng.commit_facts
WHERE TRUE
QUALIFY ROW_NUMBER() OVER (PARTITION BY repository, branch, sha ORDER BY pushed_at, is_distinct DESC) = 1
