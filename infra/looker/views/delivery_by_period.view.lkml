# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/delivery_by_period.lkml.
view: delivery_by_period {
  sql_table_name: product_eng.delivery_by_period ;;

  dimension: app {
    type: string
    description: "Freight's name of the app"
    sql: ${TABLE}.app ;;
  }

  dimension: environment {
    type: string
    description: "Freight's name of the environment"
    sql: ${TABLE}.environment ;;
  }

  dimension: period {
    type: string
    description: "day or week. Filter on one: otherwise everything is counted twice"
    sql: ${TABLE}.period ;;
  }

  dimension_group: period_start {
    type: time
    timeframes: [raw, date, week, month]
    datatype: date
    convert_tz: no
    description: "The UTC day, or the week's Monday"
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
    description: "Finished deploys of the commit that was live"
    sql: ${TABLE}.redeploys ;;
  }

  dimension: failed_changes {
    type: number
    description: "Changes that went live in the period and that a rollback withdrew, in this period or later"
    sql: ${TABLE}.failed_changes ;;
  }

  dimension: change_failure_rate {
    type: number
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
    description: "Median lead time of people's pull requests, and of commits without one, that were first deployed in the period"
    sql: ${TABLE}.lead_time_seconds_p50 ;;
  }

  dimension: lead_time_seconds_p90 {
    type: number
    description: "90th percentile of the same"
    sql: ${TABLE}.lead_time_seconds_p90 ;;
  }

  dimension: failures {
    type: number
    description: "Failures that began in the period: withdrawn changes, and runs of failed attempts"
    sql: ${TABLE}.failures ;;
  }

  dimension: recovery_seconds_p50 {
    type: number
    description: "Median recovery time of the changes withdrawn; failed attempts have none"
    sql: ${TABLE}.recovery_seconds_p50 ;;
  }

  dimension: recovery_seconds_p90 {
    type: number
    description: "90th percentile of the same"
    sql: ${TABLE}.recovery_seconds_p90 ;;
  }

  dimension: deploy_failure_rate {
    type: number
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
}
