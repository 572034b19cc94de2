view: +deployment_failures {
  measure: count {
    description: "Failures of production"
    type: count
  }

  measure: recovery_minutes_p50 {
    description: "Median minutes to recover"
    type: percentile
    percentile: 50
    sql: ${recovery_seconds} / 60 ;;
    value_format_name: decimal_1
  }

  measure: recovery_minutes_p90 {
    description: "90th percentile of minutes to recover"
    type: percentile
    percentile: 90
    sql: ${recovery_seconds} / 60 ;;
    value_format_name: decimal_1
  }
}
