-- Written by infra/bigquery/organization-views.ts from ci-tooling.yaml.
-- The settings of the organization that views use: one row. A NULL pattern matches nothing.
SELECT
  'UTC' AS time_zone,
  '(^|, )(hotfix)(, |$)' AS hotfix_label_pattern,
  '(^[Hh]otfix\\b)' AS hotfix_title_pattern,
  '(^hotfix[/-])' AS hotfix_branch_pattern,
  168 AS revert_window_hours
