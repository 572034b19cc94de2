-- Every completed run of a check on a repository's default branch: the rows of check_runs whose branch_kind is main.
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
-- A fork's branch may have the default branch's name.
JOIN product_eng.main_commit_facts AS main_commits
  ON main_commits.repository = runs.repository AND main_commits.sha = runs.head_sha
