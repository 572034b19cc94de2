# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/runner_usage_by_day.lkml.
view: runner_usage_by_day {
  sql_table_name: @{METRICS_DATASET}.runner_usage_by_day ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.repository AS STRING), CAST(${TABLE}.workflow_name AS STRING), CAST(${TABLE}.labels AS STRING), CAST(${TABLE}.day AS STRING)]) ;;
  }

  dimension: repository {
    type: string
    description: "owner/name"
    sql: ${TABLE}.repository ;;
  }

  dimension: workflow_name {
    type: string
    description: "Name of the workflow"
    sql: ${TABLE}.workflow_name ;;
  }

  dimension: labels {
    type: string
    description: "Labels of the runner"
    sql: ${TABLE}.labels ;;
  }

  dimension_group: day {
    type: time
    timeframes: [raw, date, week, month, quarter]
    datatype: date
    convert_tz: no
    description: "Day of creation in the organization's time zone"
    sql: ${TABLE}.day ;;
  }

  dimension: jobs {
    type: number
    description: "Jobs"
    sql: ${TABLE}.jobs ;;
  }

  dimension: repeated_jobs {
    type: number
    description: "Those of a repeated run"
    sql: ${TABLE}.repeated_jobs ;;
  }

  dimension: wait_seconds_p50 {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "Median wait for a runner"
    sql: ${TABLE}.wait_seconds_p50 ;;
  }

  dimension: wait_seconds_p90 {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "90th percentile of the same"
    sql: ${TABLE}.wait_seconds_p90 ;;
  }

  dimension: waits {
    type: number
    description: "How many waits they are of"
    sql: ${TABLE}.waits ;;
  }

  dimension: billed_minutes {
    type: number
    description: "Minutes, each job rounded up"
    sql: ${TABLE}.billed_minutes ;;
  }

  dimension: repeated_minutes {
    type: number
    description: "Those of repeated runs"
    sql: ${TABLE}.repeated_minutes ;;
  }

  dimension: cost_usd {
    type: number
    description: "Cost at GitHub's list prices; NULL if no job has a price"
    sql: ${TABLE}.cost_usd ;;
  }

  dimension: jobs_without_price {
    type: number
    description: "Jobs that ran on a runner without a known price"
    sql: ${TABLE}.jobs_without_price ;;
  }

  dimension: service {
    type: string
    description: "What people call the service; the repository's name if the configuration does not name it"
    sql: ${TABLE}.service ;;
  }

  dimension: team {
    type: string
    description: "Team that owns the service"
    sql: ${TABLE}.team ;;
  }

  set: detail {
    fields: [repository, workflow_name, labels, day_date, jobs, repeated_jobs, waits, billed_minutes, repeated_minutes, cost_usd, jobs_without_price, service, team]
  }
}
