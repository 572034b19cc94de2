# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/bootstraps_by_day.lkml.
view: bootstraps_by_day {
  sql_table_name: product_eng.bootstraps_by_day ;;

  dimension_group: day {
    type: time
    timeframes: [raw, date, week, month]
    datatype: date
    convert_tz: no
    description: "UTC day of the start"
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
    description: "Median duration of those that ended"
    sql: ${TABLE}.duration_seconds_p50 ;;
  }

  dimension: duration_seconds_p90 {
    type: number
    description: "90th percentile of the same"
    sql: ${TABLE}.duration_seconds_p90 ;;
  }
}
