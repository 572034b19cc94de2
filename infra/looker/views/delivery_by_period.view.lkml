# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/delivery_by_period.lkml.
view: delivery_by_period {
  sql_table_name: @{METRICS_DATASET}.delivery_by_period ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.app AS STRING), CAST(${TABLE}.environment AS STRING), CAST(${TABLE}.period AS STRING), CAST(${TABLE}.period_start AS STRING)]) ;;
  }

  dimension: app {
    type: string
    description: "Name of the app"
    sql: ${TABLE}.app ;;
  }

  dimension: environment {
    type: string
    description: "Name of the environment"
    sql: ${TABLE}.environment ;;
  }

  dimension: period {
    type: string
    description: "day, week, month or quarter. Filter on one: otherwise everything is counted four times"
    sql: ${TABLE}.period ;;
  }

  dimension_group: period_start {
    type: time
    timeframes: [raw, date]
    datatype: date
    convert_tz: no
    description: "First day of the period, in the organization's time zone; a week begins on Monday"
    sql: ${TABLE}.period_start ;;
  }

  dimension: deployments {
    type: number
    description: "Deployment frequency: finished deploys that ended in the period"
    sql: ${TABLE}.deployments ;;
  }

  dimension: deployment_days {
    type: number
    description: "Days of the period with a finished deploy"
    sql: ${TABLE}.deployment_days ;;
  }

  dimension: failed_deployments {
    type: number
    description: "Failed deploys that ended in the period"
    sql: ${TABLE}.failed_deployments ;;
  }

  dimension: changes {
    type: number
    description: "Finished deploys that were a change"
    sql: ${TABLE}.changes ;;
  }

  dimension: rollbacks {
    type: number
    description: "Finished deploys that were a rollback"
    sql: ${TABLE}.rollbacks ;;
  }

  dimension: redeploys {
    type: number
    description: "Finished deploys of the commit that was live, or of one that had been live and is not older"
    sql: ${TABLE}.redeploys ;;
  }

  dimension: failed_changes {
    type: number
    description: "Changes that went live in the period and failed, in this period or later"
    sql: ${TABLE}.failed_changes ;;
  }

  dimension: change_failure_rate {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "failed_changes of changes, 0 to 1; NULL without a change"
    sql: ${TABLE}.change_failure_rate ;;
  }

  dimension: pull_requests {
    type: number
    description: "Pull requests of people with a known lead time that were first deployed in the period"
    sql: ${TABLE}.pull_requests ;;
  }

  dimension: lead_time_seconds_p50 {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "Median lead time of people's pull requests, and of commits without one, that were first deployed in the period"
    sql: ${TABLE}.lead_time_seconds_p50 ;;
  }

  dimension: lead_time_seconds_p90 {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "90th percentile of the same"
    sql: ${TABLE}.lead_time_seconds_p90 ;;
  }

  dimension: failures {
    type: number
    description: "Failures that began in the period: of changes, and runs of failed attempts"
    sql: ${TABLE}.failures ;;
  }

  dimension: recovery_seconds_p50 {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "Median recovery time of the changes that failed; failed attempts have none"
    sql: ${TABLE}.recovery_seconds_p50 ;;
  }

  dimension: recovery_seconds_p90 {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "90th percentile of the same"
    sql: ${TABLE}.recovery_seconds_p90 ;;
  }

  dimension: deploy_failure_rate {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "failed_deployments / (deployments + failed_deployments), 0 to 1; NULL without an attempt"
    sql: ${TABLE}.deploy_failure_rate ;;
  }

  dimension: open_failures {
    type: number
    description: "Failures that began in the period and have not ended"
    sql: ${TABLE}.open_failures ;;
  }

  dimension: recoveries {
    type: number
    description: "How many recoveries the percentiles are of"
    sql: ${TABLE}.recoveries ;;
  }

  dimension: commits_without_pull_request {
    type: number
    description: "Commits without a pull request that were first deployed in the period"
    sql: ${TABLE}.commits_without_pull_request ;;
  }

  dimension: hotfixes {
    type: number
    description: "Finished deploys that reverted a part of an earlier change, or were a hotfix for it"
    sql: ${TABLE}.hotfixes ;;
  }

  dimension: deployment_rework_rate {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "(rollbacks + hotfixes) / deployments, 0 to 1; NULL without a finished deploy"
    sql: ${TABLE}.deployment_rework_rate ;;
  }

  dimension: seconds_between_deployments_p50 {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "Median time from the finished deploy before, of the finished deploys of the period"
    sql: ${TABLE}.seconds_between_deployments_p50 ;;
  }

  dimension: deployment_intervals {
    type: number
    description: "How many times that median is of"
    sql: ${TABLE}.deployment_intervals ;;
  }

  dimension: lead_times {
    type: number
    description: "How many lead times the percentiles are of"
    sql: ${TABLE}.lead_times ;;
  }

  dimension: unknown_lead_times {
    type: number
    description: "Pull requests, and commits without one, that were first deployed in the period and whose lead time is unknown"
    sql: ${TABLE}.unknown_lead_times ;;
  }

  dimension_group: period_end {
    type: time
    timeframes: [raw, date]
    datatype: date
    convert_tz: no
    description: "Last day of the period"
    sql: ${TABLE}.period_end ;;
  }

  dimension: is_partial {
    type: yesno
    description: "Whether the period is not over, or began before the app's first deploy"
    sql: ${TABLE}.is_partial ;;
  }

  dimension: service {
    type: string
    description: "What people call the service; the app if the configuration does not name it"
    sql: ${TABLE}.service ;;
  }

  dimension: team {
    type: string
    description: "Team that owns the service"
    sql: ${TABLE}.team ;;
  }

  set: detail {
    fields: [app, environment, period, period_start_date, deployments, deployment_days, failed_deployments, changes, rollbacks, redeploys, failed_changes, pull_requests, failures, open_failures, recoveries, commits_without_pull_request, hotfixes, deployment_intervals, lead_times, unknown_lead_times, period_end_date, is_partial, service, team]
  }
}
