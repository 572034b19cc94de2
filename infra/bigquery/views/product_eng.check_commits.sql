-- Every commit with a verdict of a check, and whether the check was flaky: failed, then passed on the same commit. A commit that is checked
-- again more than seven days after its last verdict has another row, with another seen_at: count commits by (repository, head_sha).
SELECT
  summary.repository,
  summary.check_name,
  CASE
    WHEN summary.has_main_name AND main_commits.sha IS NOT NULL THEN 'main'
    -- GitHub sends neither branch nor pull request for commits of forks, and lists a commit's open pull requests only.
    WHEN heads.sha IS NOT NULL OR summary.has_main_name OR summary.is_unnamed THEN 'pull_request'
    ELSE 'other'
  END AS branch_kind,
  summary.head_sha,
  summary.runs,
  summary.passed,
  summary.failed,
  summary.first_completed_at,
  summary.is_flaky,
  summary.seen_at,
  main_commits.pushed_at,
  summary.begun_at,
  summary.passed_at AS first_passed_at
FROM product_eng.check_commit_summaries AS summary
LEFT JOIN product_eng.main_commit_facts AS main_commits
  ON main_commits.repository = summary.repository AND main_commits.sha = summary.head_sha
LEFT JOIN (
  SELECT repository, sha
  FROM product_eng.head_facts
  WHERE ran_for_pull_request
  GROUP BY repository, sha
) AS heads
  ON heads.repository = summary.repository AND heads.sha = summary.head_sha
