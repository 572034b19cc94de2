connection: "@{CONNECTION}"
label: "CI tooling"

include: "/views/*.view"
include: "/dashboards/*.dashboard"

# As in the views: a week begins on Monday.
week_start_day: monday

explore: delivery_by_period {
  group_label: "Delivery"
  # A row of a day and the row of its week say the same twice: one of both must be chosen.
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

explore: deploy_pipeline_by_day {
  group_label: "Deploy pipeline"
}

explore: undeployed_backlog_by_day {
  group_label: "Deploy pipeline"
}

explore: check_runs {
  group_label: "CI"
}

explore: check_commits {
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

explore: events_by_minute {
  group_label: "Health of the suite"
}

explore: dead_letter_events {
  group_label: "Health of the suite"
}
