view: +bootstraps {
  measure: count {
    description: "Set-ups that started"
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
    description: "Median minutes of set-ups that ended"
    type: percentile
    percentile: 50
    sql: ${duration_seconds} / 60 ;;
    value_format_name: decimal_1
  }

  measure: duration_minutes_p90 {
    description: "90th percentile of minutes of set-ups that ended"
    type: percentile
    percentile: 90
    sql: ${duration_seconds} / 60 ;;
    value_format_name: decimal_1
  }
}
