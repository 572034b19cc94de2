view: +merge_queue_entries {
  measure: count {
    description: "Entries into a merge queue"
    type: count
    drill_fields: [detail*]
  }

  measure: merged_entries {
    description: "Entries that ended in a merge"
    type: count
    filters: [outcome: "merged"]
    drill_fields: [detail*]
  }

  measure: ejected_entries {
    description: "Entries that ended without a merge"
    type: count
    filters: [outcome: "ejected"]
    drill_fields: [detail*]
  }

  measure: ejection_rate {
    description: "Share of the entries that ended without a merge"
    type: number
    sql: SAFE_DIVIDE(${ejected_entries}, ${ejected_entries} + ${merged_entries}) ;;
    value_format_name: percent_1
    drill_fields: [detail*]
  }

  measure: wait_minutes_values {
    hidden: yes
    description: "Sorted minutes in the merge queue, of which the percentiles are exact"
    type: number
    sql: ARRAY_AGG(${wait_seconds} / 60 IGNORE NULLS ORDER BY ${wait_seconds} / 60) ;;
  }

  measure: wait_minutes_n {
    description: "How many minutes in the merge queue the percentiles are of"
    type: number
    sql: COUNT(${wait_seconds} / 60) ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: wait_minutes_p50 {
    description: "Median minutes in the merge queue"
    type: number
    sql: ${wait_minutes_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${wait_minutes_n} - 1)) AS INT64))]
      + (${wait_minutes_values}[SAFE_OFFSET(CAST(CEIL(0.5 * (${wait_minutes_n} - 1)) AS INT64))] - ${wait_minutes_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${wait_minutes_n} - 1)) AS INT64))])
        * (0.5 * (${wait_minutes_n} - 1) - FLOOR(0.5 * (${wait_minutes_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: wait_minutes_p90 {
    description: "90th percentile of minutes in the merge queue"
    type: number
    sql: ${wait_minutes_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${wait_minutes_n} - 1)) AS INT64))]
      + (${wait_minutes_values}[SAFE_OFFSET(CAST(CEIL(0.9 * (${wait_minutes_n} - 1)) AS INT64))] - ${wait_minutes_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${wait_minutes_n} - 1)) AS INT64))])
        * (0.9 * (${wait_minutes_n} - 1) - FLOOR(0.9 * (${wait_minutes_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }
}
