# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/deploy_pipeline_by_day.lkml.
view: deploy_pipeline_by_day {
  sql_table_name: @{METRICS_DATASET}.deploy_pipeline_by_day ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.app AS STRING), CAST(${TABLE}.environment AS STRING), CAST(${TABLE}.deployer AS STRING), CAST(${TABLE}.day AS STRING)]) ;;
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

  dimension: deployer {
    type: string
    description: "E-mail address or name of the deployer; NULL if the source sent none"
    sql: ${TABLE}.deployer ;;
  }

  dimension_group: day {
    type: time
    timeframes: [raw, date, week, month, quarter]
    datatype: date
    convert_tz: no
    description: "Day of queueing in the organization's time zone"
    sql: ${TABLE}.day ;;
  }

  dimension: deploys {
    type: number
    description: "All deploys"
    sql: ${TABLE}.deploys ;;
  }

  dimension: finished {
    type: number
    description: "Those that finished"
    sql: ${TABLE}.finished ;;
  }

  dimension: failed {
    type: number
    description: "Those that failed"
    sql: ${TABLE}.failed ;;
  }

  dimension: canceled {
    type: number
    description: "Those that were canceled"
    sql: ${TABLE}.canceled ;;
  }

  dimension: unfinished {
    type: number
    description: "Those without a known end"
    sql: ${TABLE}.unfinished ;;
  }

  dimension: queue_seconds_p50 {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "Median time from queueing to start"
    sql: ${TABLE}.queue_seconds_p50 ;;
  }

  dimension: queue_seconds_p90 {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "90th percentile of the same"
    sql: ${TABLE}.queue_seconds_p90 ;;
  }

  dimension: run_seconds_p50 {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "Median time from start to end"
    sql: ${TABLE}.run_seconds_p50 ;;
  }

  dimension: run_seconds_p90 {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "90th percentile of the same"
    sql: ${TABLE}.run_seconds_p90 ;;
  }

  dimension: total_seconds_p50 {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "Median time from queueing to end, canceled ones included"
    sql: ${TABLE}.total_seconds_p50 ;;
  }

  dimension: total_seconds_p90 {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "90th percentile of the same"
    sql: ${TABLE}.total_seconds_p90 ;;
  }

  set: detail {
    fields: [app, environment, deployer, day_date, deploys, finished, failed, canceled, unfinished]
  }
}
