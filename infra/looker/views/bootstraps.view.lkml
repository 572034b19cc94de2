view: bootstraps {
  sql_table_name: product_eng.bootstraps ;;

  dimension: username {
    type: string
    description: "Who set up"
    sql: ${TABLE}.username ;;
  }

  dimension_group: started {
    type: time
    timeframes: [raw, time, hour, date, week, month]
    description: "When it was begun"
    sql: ${TABLE}.started_at ;;
  }

  dimension_group: ended {
    type: time
    timeframes: [raw, time, hour, date, week, month]
    description: "When it ended; NULL if it did not"
    sql: ${TABLE}.ended_at ;;
  }

  dimension: status {
    type: string
    description: "ended; never_ended: the same person began again, or nothing was heard for 24 hours; running: otherwise. An end that comes later still ends it"
    sql: ${TABLE}.status ;;
  }

  dimension: duration_seconds {
    type: number
    description: "From started_at to ended_at"
    sql: ${TABLE}.duration_seconds ;;
  }

  measure: count {
    description: "Set-ups begun"
    type: count
  }

  measure: ended_bootstraps {
    description: "Set-ups that ended"
    type: count
    filters: [status: "ended"]
  }

  measure: never_ended_bootstraps {
    description: "Set-ups that never ended"
    type: count
    filters: [status: "never_ended"]
  }

  measure: duration_minutes_p50 {
    description: "Median minutes of those that ended"
    type: percentile
    percentile: 50
    sql: ${duration_seconds} / 60 ;;
    value_format_name: decimal_1
  }

  measure: duration_minutes_p90 {
    description: "90th percentile of minutes of those that ended"
    type: percentile
    percentile: 90
    sql: ${duration_seconds} / 60 ;;
    value_format_name: decimal_1
  }
}
