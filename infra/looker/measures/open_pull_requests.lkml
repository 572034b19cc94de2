view: +open_pull_requests {
  measure: count {
    description: "Open pull requests"
    type: count
    drill_fields: [detail*]
  }

  measure: drafts {
    description: "Open drafts"
    type: count
    filters: [is_draft: "yes"]
    drill_fields: [detail*]
  }

  measure: oldest_days {
    description: "Age of the oldest open pull request in days"
    type: max
    sql: ${age_seconds} / 86400 ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: age_days_values {
    hidden: yes
    description: "Sorted days since the opening, of which the percentiles are exact"
    type: number
    sql: ARRAY_AGG(${age_seconds} / 86400 IGNORE NULLS ORDER BY ${age_seconds} / 86400) ;;
  }

  measure: age_days_n {
    description: "How many days since the opening the percentiles are of"
    type: number
    sql: COUNT(${age_seconds} / 86400) ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: age_days_p50 {
    description: "Median days since the opening"
    type: number
    sql: ${age_days_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${age_days_n} - 1)) AS INT64))]
      + (${age_days_values}[SAFE_OFFSET(CAST(CEIL(0.5 * (${age_days_n} - 1)) AS INT64))] - ${age_days_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${age_days_n} - 1)) AS INT64))])
        * (0.5 * (${age_days_n} - 1) - FLOOR(0.5 * (${age_days_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: age_days_p90 {
    description: "90th percentile of days since the opening"
    type: number
    sql: ${age_days_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${age_days_n} - 1)) AS INT64))]
      + (${age_days_values}[SAFE_OFFSET(CAST(CEIL(0.9 * (${age_days_n} - 1)) AS INT64))] - ${age_days_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${age_days_n} - 1)) AS INT64))])
        * (0.9 * (${age_days_n} - 1) - FLOOR(0.9 * (${age_days_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }
}
