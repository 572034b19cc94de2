/** Events that bring rows into a view, by the view's name: what an empty tile waits for. */
const sources: Readonly<Record<string, string>> = {
  activity_by_day: "GitHub's issues or pull_request",
  bootstraps: "a set-up of a development environment (bootstrap-dev-env, or report)",
  bootstraps_by_day: "a set-up of a development environment (bootstrap-dev-env, or report)",
  bundle_differences: "sizes of a pull request's assets, after those of the base branch (webpack, or report)",
  bundle_sizes: "sizes of assets (webpack, or report)",
  check_commits: "GitHub's check_run with a success or failure",
  check_runs: "GitHub's check_run with the status completed",
  commit_checks: "GitHub's check_run with a success or failure",
  contributions: "GitHub's issues, pull_request, issue_comment or pull_request_review",
  dead_letter_events: "an event that a subscription gave up",
  deliveries_by_day: "the schedule redeliver, which reads GitHub's log of deliveries",
  delivery_by_period: "the end of a production deploy (freight, GitHub's deployment_status, gocd or report)",
  delivery_gaps: "a delivery of GitHub that failed first, as the schedule redeliver finds in GitHub's log",
  deployment_failures: "a rollback, a revert, a hotfix, an incident or a failed production deploy",
  deployments: "the end of a production deploy (freight, GitHub's deployment_status, gocd or report)",
  deploys: "a deploy (freight, GitHub's deployment_status, gocd or report)",
  events_by_minute: "any event",
  incidents: "an incident (pagerduty, sentry, an issue with an incident's label, or report)",
  lead_times: "a finished production deploy that shipped a commit",
  main_red_by_day: "GitHub's check_run on the default branch, after the push of its commit",
  main_red_periods: "a failed check_run of GitHub on the default branch, after the push of its commit",
  merge_queue_entries: "GitHub's pull_request with the action enqueued",
  open_pull_requests: "GitHub's pull_request with the action opened",
  pull_request_cycles: "GitHub's pull_request of a merge",
  reported_measurements: "a measurement (report)",
  review_load_by_period: "GitHub's pull_request_review",
  source_freshness: "any event",
  undeployed_backlog_by_day: "a finished production deploy, and GitHub's pull_request of a merge",
  workflow_jobs: "GitHub's workflow_job",
};

/** Names the events that would fill a tile over a view. @throws {Error} for a view of no tile */
export function describeSource(view: string): string {
  const source = sources[view];
  if (source === undefined) throw new Error(`describe-source.ts does not say which events fill ${view}`);
  return source;
}
