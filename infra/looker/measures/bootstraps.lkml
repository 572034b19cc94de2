view: +bootstraps {
  measure: count {
    description: "Set-ups that started"
    type: count
    drill_fields: [detail*]
  }

  measure: ended_bootstraps {
    description: "Set-ups that ended"
    type: count
    filters: [status: "ended"]
    drill_fields: [detail*]
  }

  measure: never_ended_bootstraps {
    description: "Set-ups that never ended"
    type: count
    filters: [status: "never_ended"]
    drill_fields: [detail*]
  }

  measure: duration_minutes_values {
    hidden: yes
    description: "Sorted minutes of set-ups that ended, of which the percentiles are exact"
    type: number
    sql: ARRAY_AGG(${duration_seconds} / 60 IGNORE NULLS ORDER BY ${duration_seconds} / 60) ;;
  }

  measure: duration_minutes_n {
    description: "How many minutes of set-ups that ended the percentiles are of"
    type: number
    sql: COUNT(${duration_seconds} / 60) ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: duration_minutes_p50 {
    description: "Median minutes of set-ups that ended"
    type: number
    sql: ${duration_minutes_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${duration_minutes_n} - 1)) AS INT64))]
      + (${duration_minutes_values}[SAFE_OFFSET(CAST(CEIL(0.5 * (${duration_minutes_n} - 1)) AS INT64))] - ${duration_minutes_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${duration_minutes_n} - 1)) AS INT64))])
        * (0.5 * (${duration_minutes_n} - 1) - FLOOR(0.5 * (${duration_minutes_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: duration_minutes_p90 {
    description: "90th percentile of minutes of set-ups that ended"
    type: number
    sql: ${duration_minutes_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${duration_minutes_n} - 1)) AS INT64))]
      + (${duration_minutes_values}[SAFE_OFFSET(CAST(CEIL(0.9 * (${duration_minutes_n} - 1)) AS INT64))] - ${duration_minutes_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${duration_minutes_n} - 1)) AS INT64))])
        * (0.9 * (${duration_minutes_n} - 1) - FLOOR(0.9 * (${duration_minutes_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }
}
