view: +workflow_jobs {
  measure: count {
    description: "Jobs"
    type: count
    drill_fields: [detail*]
  }

  measure: total_minutes {
    description: "Billed minutes, each job rounded up"
    type: sum
    sql: ${billed_minutes} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: total_repeated_minutes {
    description: "Billed minutes of repeated runs"
    type: number
    sql: COALESCE(SUM(CASE WHEN ${run_attempt} > 1 THEN ${billed_minutes} END), 0) ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: total_jobs_without_price {
    description: "Jobs on runners without a known price"
    type: number
    sql: COUNT(CASE WHEN ${billed_minutes} IS NOT NULL AND ${cost_usd} IS NULL THEN 1 END) ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: total_cost {
    description: "Cost in USD at GitHub's list prices"
    type: sum
    sql: ${cost_usd} ;;
    value_format_name: decimal_2
    drill_fields: [detail*]
  }

  measure: wait_seconds_values {
    hidden: yes
    description: "Sorted seconds of waiting for a runner, of which the percentiles are exact"
    type: number
    sql: ARRAY_AGG(${wait_seconds} IGNORE NULLS ORDER BY ${wait_seconds}) ;;
  }

  measure: wait_seconds_n {
    description: "How many seconds of waiting for a runner the percentiles are of"
    type: number
    sql: COUNT(${wait_seconds}) ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: wait_seconds_p50 {
    description: "Median seconds of waiting for a runner"
    type: number
    sql: ${wait_seconds_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${wait_seconds_n} - 1)) AS INT64))]
      + (${wait_seconds_values}[SAFE_OFFSET(CAST(CEIL(0.5 * (${wait_seconds_n} - 1)) AS INT64))] - ${wait_seconds_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${wait_seconds_n} - 1)) AS INT64))])
        * (0.5 * (${wait_seconds_n} - 1) - FLOOR(0.5 * (${wait_seconds_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: wait_seconds_p90 {
    description: "90th percentile of seconds of waiting for a runner"
    type: number
    sql: ${wait_seconds_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${wait_seconds_n} - 1)) AS INT64))]
      + (${wait_seconds_values}[SAFE_OFFSET(CAST(CEIL(0.9 * (${wait_seconds_n} - 1)) AS INT64))] - ${wait_seconds_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${wait_seconds_n} - 1)) AS INT64))])
        * (0.9 * (${wait_seconds_n} - 1) - FLOOR(0.9 * (${wait_seconds_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }
}
