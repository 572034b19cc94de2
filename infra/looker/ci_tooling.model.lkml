connection: "@{CONNECTION}"
label: "CI tooling"

include: "/views/*.view"
# Refinements of the generated views: included after them.
include: "/measures/*.lkml"
include: "/dashboards/*.dashboard"

# A dashboard that is opened again shows cached results until new events are due.
datagroup: events {
  interval_trigger: "15 minutes"
  max_cache_age: "1 hour"
}

persist_with: events

# A week begins on Monday, as in BigQuery's views.
week_start_day: monday

# Conditions of sql_always_where: BigQuery skips partitions by comparisons of the partitioning column with constants, not by those of its
# time in a zone, https://cloud.google.com/bigquery/docs/querying-partitioned-tables. A day on each side covers every time zone; a
# commit's checks are seen within a week of the other times.
explore: delivery_by_period {
  group_label: "Delivery"
  # The rows of a day, its week, its month and its quarter count the same deploys: a query must choose one period.
  always_filter: {
    filters: [delivery_by_period.period: "week"]
  }
}

explore: deployments {
  group_label: "Delivery"
}

explore: deployment_failures {
  group_label: "Delivery"
}

explore: lead_times {
  group_label: "Delivery"
}

explore: pull_requests {
  group_label: "Delivery"
}

explore: deploys {
  group_label: "Deploy pipeline"
}

explore: freight_to_pull_request {
  group_label: "Deploy pipeline"
}

explore: deploy_pipeline_by_day {
  group_label: "Deploy pipeline"
}

explore: undeployed_backlog_by_day {
  group_label: "Deploy pipeline"
}

explore: deployment_attempts {
  group_label: "Delivery"
}

explore: change_remedies {
  group_label: "Delivery"
}

explore: shipped_commits {
  group_label: "Delivery"
}

explore: pushed_commits {
  group_label: "Delivery"
}

explore: organization {
  group_label: "Settings"
}

explore: service_apps {
  group_label: "Settings"
}

explore: service_repositories {
  group_label: "Settings"
}

explore: periods {
  group_label: "Settings"
}

explore: check_runs {
  sql_always_where:
    check_runs.completed_at >= TIMESTAMP_SUB(IFNULL(CAST({% date_start check_runs.completed_date %} AS TIMESTAMP), TIMESTAMP '2000-01-31'), INTERVAL 1 DAY)
    AND check_runs.completed_at < TIMESTAMP_ADD(IFNULL(CAST({% date_end check_runs.completed_date %} AS TIMESTAMP), TIMESTAMP '2100-01-01'), INTERVAL 1 DAY) ;;
  group_label: "CI"
}

explore: check_commits {
  sql_always_where:
    check_commits.seen_at >= TIMESTAMP_SUB(IFNULL(CAST({% date_start check_commits.first_completed_date %} AS TIMESTAMP), TIMESTAMP '2000-01-31'), INTERVAL 8 DAY)
    AND check_commits.seen_at < TIMESTAMP_ADD(IFNULL(CAST({% date_end check_commits.first_completed_date %} AS TIMESTAMP), TIMESTAMP '2100-01-01'), INTERVAL 8 DAY) ;;
  group_label: "CI"
}

explore: ci_by_day {
  group_label: "CI"
}

explore: main_red_periods {
  group_label: "CI"
}

explore: main_red_by_day {
  group_label: "CI"
}

explore: bundle_sizes {
  group_label: "Bundles"
}

explore: bundle_differences {
  group_label: "Bundles"
}

explore: contributions {
  sql_always_where:
    contributions.opened_at >= TIMESTAMP_SUB(IFNULL(CAST({% date_start contributions.opened_date %} AS TIMESTAMP), TIMESTAMP '2000-01-31'), INTERVAL 1 DAY)
    AND contributions.opened_at < TIMESTAMP_ADD(IFNULL(CAST({% date_end contributions.opened_date %} AS TIMESTAMP), TIMESTAMP '2100-01-01'), INTERVAL 1 DAY) ;;
  group_label: "Community"
}

explore: activity_by_day {
  group_label: "Community"
}

explore: responses_by_day {
  group_label: "Community"
}

explore: bootstraps {
  group_label: "Dev environment"
}

explore: bootstraps_by_day {
  group_label: "Dev environment"
}

explore: incidents {
  group_label: "Incidents"
}

explore: reported_measurements {
  sql_always_where:
    reported_measurements.measured_at >= TIMESTAMP_SUB(IFNULL(CAST({% date_start reported_measurements.measured_date %} AS TIMESTAMP), TIMESTAMP '2000-01-31'), INTERVAL 1 DAY)
    AND reported_measurements.measured_at < TIMESTAMP_ADD(IFNULL(CAST({% date_end reported_measurements.measured_date %} AS TIMESTAMP), TIMESTAMP '2100-01-01'), INTERVAL 1 DAY) ;;
  group_label: "Measurements"
}

explore: measurements_by_day {
  group_label: "Measurements"
}

explore: events_by_minute {
  sql_always_where:
    events_by_minute.minute >= TIMESTAMP_SUB(IFNULL(CAST({% date_start events_by_minute.accepted_time %} AS TIMESTAMP), TIMESTAMP '2000-01-31'), INTERVAL 1 DAY)
    AND events_by_minute.minute < TIMESTAMP_ADD(IFNULL(CAST({% date_end events_by_minute.accepted_time %} AS TIMESTAMP), TIMESTAMP '2100-01-01'), INTERVAL 1 DAY) ;;
  group_label: "Health of the suite"
}

explore: dead_letter_events {
  group_label: "Health of the suite"
}

explore: github_deliveries {
  group_label: "Health of the suite"
}

explore: delivery_gaps {
  group_label: "Health of the suite"
}

explore: deliveries_by_day {
  group_label: "Health of the suite"
}

explore: pull_request_cycles {
  group_label: "Pull requests"
}

explore: pull_requests_by_period {
  group_label: "Pull requests"
  always_filter: {
    filters: [pull_requests_by_period.period: "week"]
  }
}

explore: open_pull_requests {
  group_label: "Pull requests"
}

explore: review_load_by_period {
  group_label: "Pull requests"
  always_filter: {
    filters: [review_load_by_period.period: "week"]
  }
}

explore: merge_queue_entries {
  group_label: "Pull requests"
}

explore: pull_request_events {
  group_label: "Pull requests"
}

explore: reviews {
  group_label: "Pull requests"
}

explore: first_commits {
  group_label: "Pull requests"
}

explore: reverts {
  group_label: "Pull requests"
}

explore: merge_group_events {
  group_label: "Pull requests"
}

explore: main_check_runs {
  group_label: "CI"
}

explore: commit_checks {
  sql_always_where:
    commit_checks.seen_at >= TIMESTAMP_SUB(IFNULL(CAST({% date_start commit_checks.begun_date %} AS TIMESTAMP), TIMESTAMP '2000-01-31'), INTERVAL 8 DAY)
    AND commit_checks.seen_at < TIMESTAMP_ADD(IFNULL(CAST({% date_end commit_checks.begun_date %} AS TIMESTAMP), TIMESTAMP '2100-01-01'), INTERVAL 8 DAY) ;;
  group_label: "CI"
}

explore: workflow_jobs {
  sql_always_where:
    workflow_jobs.created_at >= TIMESTAMP_SUB(IFNULL(CAST({% date_start workflow_jobs.created_date %} AS TIMESTAMP), TIMESTAMP '2000-01-31'), INTERVAL 1 DAY)
    AND workflow_jobs.created_at < TIMESTAMP_ADD(IFNULL(CAST({% date_end workflow_jobs.created_date %} AS TIMESTAMP), TIMESTAMP '2100-01-01'), INTERVAL 1 DAY) ;;
  group_label: "CI"
}

explore: runner_usage_by_day {
  group_label: "CI"
}

explore: runner_prices {
  group_label: "Settings"
}

explore: required_checks {
  group_label: "Settings"
}

explore: source_freshness {
  group_label: "Health of the suite"
}
