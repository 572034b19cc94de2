-- Every completed run of a check on a repository's default branch: the rows of check_runs whose branch_kind is main.
WITH main_branches AS (
  SELECT repository, MIN(seen_at) AS known_from
  FROM product_eng.main_commit_facts
  GROUP BY repository
),
fork_heads AS (
  SELECT repository, sha
  FROM product_eng.head_facts
  WHERE is_fork
  GROUP BY repository, sha
)
SELECT
  runs.repository,
  runs.check_run_id,
  runs.check_name,
  runs.head_sha,
  runs.conclusion,
  CASE WHEN runs.conclusion = 'success' THEN 'passed' WHEN runs.conclusion IN ('failure', 'timed_out') THEN 'failed' END AS verdict,
  runs.started_at,
  runs.completed_at,
  main_commits.pushed_at,
  runs.received_at
FROM product_eng.main_check_run_facts AS runs
LEFT JOIN product_eng.main_commit_facts AS main_commits
  ON main_commits.repository = runs.repository AND main_commits.sha = runs.head_sha
LEFT JOIN main_branches
  ON main_branches.repository = runs.repository
LEFT JOIN fork_heads
  ON fork_heads.repository = runs.repository AND fork_heads.sha = runs.head_sha
-- A fork's branch may have the default branch's name.
WHERE main_commits.sha IS NOT NULL
  OR (fork_heads.sha IS NULL AND NOT IFNULL(main_branches.known_from <= runs.completed_at, FALSE))
