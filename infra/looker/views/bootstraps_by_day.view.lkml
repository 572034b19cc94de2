# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/bootstraps_by_day.lkml.
view: bootstraps_by_day {
  sql_table_name: @{METRICS_DATASET}.bootstraps_by_day ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.day AS STRING)]) ;;
  }

  dimension_group: day {
    type: time
    timeframes: [raw, date, week, month, quarter]
    datatype: date
    convert_tz: no
    description: "Day of the start"
    sql: ${TABLE}.day ;;
  }

  dimension: started {
    type: number
    description: "Set-ups that started"
    sql: ${TABLE}.started ;;
  }

  dimension: ended {
    type: number
    description: "Those of them that ended"
    sql: ${TABLE}.ended ;;
  }

  dimension: never_ended {
    type: number
    description: "Those that never ended"
    sql: ${TABLE}.never_ended ;;
  }

  dimension: running {
    type: number
    description: "Those that may still end"
    sql: ${TABLE}.running ;;
  }

  dimension: duration_seconds_p50 {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "Median duration of those that ended"
    sql: ${TABLE}.duration_seconds_p50 ;;
  }

  dimension: duration_seconds_p90 {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "90th percentile of the same"
    sql: ${TABLE}.duration_seconds_p90 ;;
  }

  set: detail {
    fields: [day_date, started, ended, never_ended, running]
  }
}
