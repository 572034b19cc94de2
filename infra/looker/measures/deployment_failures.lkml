view: +deployment_failures {
  measure: count {
    description: "Failures of production"
    type: count
    drill_fields: [detail*]
  }

  measure: recovery_minutes_values {
    hidden: yes
    description: "Sorted minutes to recover, of which the percentiles are exact"
    type: number
    sql: ARRAY_AGG(${recovery_seconds} / 60 IGNORE NULLS ORDER BY ${recovery_seconds} / 60) ;;
  }

  measure: recovery_minutes_n {
    description: "How many minutes to recover the percentiles are of"
    type: number
    sql: COUNT(${recovery_seconds} / 60) ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: recovery_minutes_p50 {
    description: "Median minutes to recover"
    type: number
    sql: ${recovery_minutes_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${recovery_minutes_n} - 1)) AS INT64))]
      + (${recovery_minutes_values}[SAFE_OFFSET(CAST(CEIL(0.5 * (${recovery_minutes_n} - 1)) AS INT64))] - ${recovery_minutes_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${recovery_minutes_n} - 1)) AS INT64))])
        * (0.5 * (${recovery_minutes_n} - 1) - FLOOR(0.5 * (${recovery_minutes_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: recovery_minutes_p90 {
    description: "90th percentile of minutes to recover"
    type: number
    sql: ${recovery_minutes_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${recovery_minutes_n} - 1)) AS INT64))]
      + (${recovery_minutes_values}[SAFE_OFFSET(CAST(CEIL(0.9 * (${recovery_minutes_n} - 1)) AS INT64))] - ${recovery_minutes_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${recovery_minutes_n} - 1)) AS INT64))])
        * (0.9 * (${recovery_minutes_n} - 1) - FLOOR(0.9 * (${recovery_minutes_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: open_failures {
    description: "Failures that have not ended"
    type: number
    sql: COUNTIF(${TABLE}.recovered_at IS NULL) ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }
}
