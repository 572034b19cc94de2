-- When the first commit of every merged pull request was authored, where pushes to its branch are known.
WITH pulls AS (
  SELECT *
  FROM product_eng.pull_requests
  WHERE merged_at IS NOT NULL
),
commits AS (
  SELECT repository, branch, authored_at
  FROM product_eng.pushed_commits
  -- Commits that are not distinct arrived with a merge of another branch.
  WHERE is_distinct
),
previous_merges AS (
  -- Branch names are reused: commits of an earlier pull request from the same branch do not belong to this one.
  SELECT pulls.repository, pulls.number, MAX(earlier.merged_at) AS merged_at
  FROM pulls
  JOIN pulls AS earlier
    ON earlier.repository = pulls.repository
    AND earlier.head_repository = pulls.head_repository
    AND earlier.head_branch = pulls.head_branch
    AND earlier.base_branch = pulls.base_branch
    AND earlier.number <> pulls.number
    AND earlier.merged_at <= pulls.opened_at
  GROUP BY pulls.repository, pulls.number
)
SELECT pulls.repository, pulls.number, MIN(commits.authored_at) AS authored_at
FROM pulls
-- A fork's branch may have the name of one of the repository's own.
JOIN commits
  ON commits.repository = pulls.repository AND commits.repository = pulls.head_repository AND commits.branch = pulls.head_branch
LEFT JOIN previous_merges
  ON previous_merges.repository = pulls.repository AND previous_merges.number = pulls.number
WHERE commits.authored_at <= pulls.merged_at
  -- A copied commit keeps its date, and a wrong clock writes 1970: neither says when this work began.
  AND commits.authored_at > TIMESTAMP_SUB(pulls.opened_at, INTERVAL 365 DAY)
  AND (previous_merges.merged_at IS NULL OR commits.authored_at > previous_merges.merged_at)
GROUP BY pulls.repository, pulls.number
