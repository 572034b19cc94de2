# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/ci_by_day.lkml.
view: ci_by_day {
  sql_table_name: @{METRICS_DATASET}.ci_by_day ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.repository AS STRING), CAST(${TABLE}.check_name AS STRING), CAST(${TABLE}.branch_kind AS STRING), CAST(${TABLE}.day AS STRING)]) ;;
  }

  dimension: repository {
    type: string
    description: "owner/name"
    sql: ${TABLE}.repository ;;
  }

  dimension: check_name {
    type: string
    description: "The check's name"
    sql: ${TABLE}.check_name ;;
  }

  dimension: branch_kind {
    type: string
    description: "main, pull_request or other"
    sql: ${TABLE}.branch_kind ;;
  }

  dimension_group: day {
    type: time
    timeframes: [raw, date, week, month, quarter]
    datatype: date
    convert_tz: no
    description: "Day of completion"
    sql: ${TABLE}.day ;;
  }

  dimension: runs {
    type: number
    description: "Completed runs, with or without a verdict"
    sql: ${TABLE}.runs ;;
  }

  dimension: passed {
    type: number
    description: "Runs that passed"
    sql: ${TABLE}.passed ;;
  }

  dimension: failed {
    type: number
    description: "Runs that failed"
    sql: ${TABLE}.failed ;;
  }

  dimension: failure_rate {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "failed / (passed + failed), 0 to 1; NULL without a verdict"
    sql: ${TABLE}.failure_rate ;;
  }

  dimension: commits {
    type: number
    description: "Commits whose first verdict came on this day"
    sql: ${TABLE}.commits ;;
  }

  dimension: flaky_commits {
    type: number
    description: "Those commits on which the check was flaky, whenever it passed"
    sql: ${TABLE}.flaky_commits ;;
  }

  dimension: flake_rate {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "flaky_commits / commits, 0 to 1"
    sql: ${TABLE}.flake_rate ;;
  }

  dimension: duration_seconds_p50 {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "Median duration of runs with a verdict; others were stopped early"
    sql: ${TABLE}.duration_seconds_p50 ;;
  }

  dimension: duration_seconds_p90 {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "90th percentile of the same"
    sql: ${TABLE}.duration_seconds_p90 ;;
  }

  dimension: duration_seconds_p95 {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "95th percentile of the same"
    sql: ${TABLE}.duration_seconds_p95 ;;
  }

  dimension: queue_seconds_p50 {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "Median time in the queue, of runs with a known time"
    sql: ${TABLE}.queue_seconds_p50 ;;
  }

  dimension: queue_seconds_p90 {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "90th percentile of the same"
    sql: ${TABLE}.queue_seconds_p90 ;;
  }

  set: detail {
    fields: [repository, check_name, branch_kind, day_date, runs, passed, failed, commits, flaky_commits]
  }
}
