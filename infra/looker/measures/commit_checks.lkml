view: +commit_checks {
  measure: count {
    description: "Commits with a verdict"
    type: count
    drill_fields: [detail*]
  }

  measure: green_commits {
    description: "Commits of which all checks passed"
    type: number
    sql: COUNT(${TABLE}.green_at) ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: minutes_to_green_values {
    hidden: yes
    description: "Sorted minutes until all checks had passed, of which the percentiles are exact"
    type: number
    sql: ARRAY_AGG(${seconds_to_green} / 60 IGNORE NULLS ORDER BY ${seconds_to_green} / 60) ;;
  }

  measure: minutes_to_green_n {
    description: "How many minutes until all checks had passed the percentiles are of"
    type: number
    sql: COUNT(${seconds_to_green} / 60) ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: minutes_to_green_p50 {
    description: "Median minutes until all checks had passed"
    type: number
    sql: ${minutes_to_green_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${minutes_to_green_n} - 1)) AS INT64))]
      + (${minutes_to_green_values}[SAFE_OFFSET(CAST(CEIL(0.5 * (${minutes_to_green_n} - 1)) AS INT64))] - ${minutes_to_green_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${minutes_to_green_n} - 1)) AS INT64))])
        * (0.5 * (${minutes_to_green_n} - 1) - FLOOR(0.5 * (${minutes_to_green_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: minutes_to_green_p90 {
    description: "90th percentile of minutes until all checks had passed"
    type: number
    sql: ${minutes_to_green_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${minutes_to_green_n} - 1)) AS INT64))]
      + (${minutes_to_green_values}[SAFE_OFFSET(CAST(CEIL(0.9 * (${minutes_to_green_n} - 1)) AS INT64))] - ${minutes_to_green_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${minutes_to_green_n} - 1)) AS INT64))])
        * (0.9 * (${minutes_to_green_n} - 1) - FLOOR(0.9 * (${minutes_to_green_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }
}
