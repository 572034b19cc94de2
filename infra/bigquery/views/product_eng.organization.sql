-- The settings of the organization that views use: one row. A NULL pattern matches nothing.
SELECT
  'UTC' AS time_zone,
  r'(^|, )hotfix(, |$)' AS hotfix_label_pattern,
  r'(?i)^hotfix\b' AS hotfix_title_pattern,
  r'^hotfix[/-]' AS hotfix_branch_pattern,
  168 AS revert_window_hours
