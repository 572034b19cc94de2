-- Every merged pull request, and every commit without one on a default branch, that says which pull request or commit it reverts.
SELECT
  repository,
  number AS pull_request_number,
  merge_commit_sha AS commit_sha,
  merged_at AS reverted_at,
  reverts_pull_request,
  reverts_commit
FROM product_eng.pull_requests
WHERE merged_at IS NOT NULL AND (reverts_pull_request IS NOT NULL OR reverts_commit IS NOT NULL)
UNION ALL
SELECT
  pushed.repository,
  CAST(NULL AS INT64) AS pull_request_number,
  pushed.sha AS commit_sha,
  pushed.pushed_at AS reverted_at,
  CAST(NULL AS INT64) AS reverts_pull_request,
  pushed.reverts_commit
FROM product_eng.main_commit_facts AS pushed
LEFT JOIN product_eng.pull_requests AS merged
  ON merged.repository = pushed.repository AND merged.merge_commit_sha = pushed.sha
WHERE pushed.is_listed AND pushed.reverts_commit IS NOT NULL AND merged.number IS NULL
