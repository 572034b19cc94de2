view: +contributions {
  measure: count {
    description: "Issues and pull requests"
    type: count
    drill_fields: [detail*]
  }

  measure: answered {
    description: "Issues and pull requests with a response by an internal person"
    type: count
    filters: [first_response_seconds: "NOT NULL"]
    drill_fields: [detail*]
  }

  measure: answered_share {
    description: "Share of issues and pull requests that were answered"
    type: number
    sql: SAFE_DIVIDE(${answered}, ${count}) ;;
    value_format_name: percent_1
    drill_fields: [detail*]
  }

  measure: first_response_hours_values {
    hidden: yes
    description: "Sorted hours to the first response, of which the percentiles are exact"
    type: number
    sql: ARRAY_AGG(${first_response_seconds} / 3600 IGNORE NULLS ORDER BY ${first_response_seconds} / 3600) ;;
  }

  measure: first_response_hours_n {
    description: "How many hours to the first response the percentiles are of"
    type: number
    sql: COUNT(${first_response_seconds} / 3600) ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: first_response_hours_p50 {
    description: "Median hours to the first response"
    type: number
    sql: ${first_response_hours_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${first_response_hours_n} - 1)) AS INT64))]
      + (${first_response_hours_values}[SAFE_OFFSET(CAST(CEIL(0.5 * (${first_response_hours_n} - 1)) AS INT64))] - ${first_response_hours_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${first_response_hours_n} - 1)) AS INT64))])
        * (0.5 * (${first_response_hours_n} - 1) - FLOOR(0.5 * (${first_response_hours_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: first_response_hours_p90 {
    description: "90th percentile of hours to the first response"
    type: number
    sql: ${first_response_hours_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${first_response_hours_n} - 1)) AS INT64))]
      + (${first_response_hours_values}[SAFE_OFFSET(CAST(CEIL(0.9 * (${first_response_hours_n} - 1)) AS INT64))] - ${first_response_hours_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${first_response_hours_n} - 1)) AS INT64))])
        * (0.9 * (${first_response_hours_n} - 1) - FLOOR(0.9 * (${first_response_hours_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: review_turnaround_hours_values {
    hidden: yes
    description: "Sorted hours from request to first review, of which the percentiles are exact"
    type: number
    sql: ARRAY_AGG(${review_turnaround_seconds} / 3600 IGNORE NULLS ORDER BY ${review_turnaround_seconds} / 3600) ;;
  }

  measure: review_turnaround_hours_n {
    description: "How many hours from request to first review the percentiles are of"
    type: number
    sql: COUNT(${review_turnaround_seconds} / 3600) ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: review_turnaround_hours_p50 {
    description: "Median hours from request to first review"
    type: number
    sql: ${review_turnaround_hours_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${review_turnaround_hours_n} - 1)) AS INT64))]
      + (${review_turnaround_hours_values}[SAFE_OFFSET(CAST(CEIL(0.5 * (${review_turnaround_hours_n} - 1)) AS INT64))] - ${review_turnaround_hours_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${review_turnaround_hours_n} - 1)) AS INT64))])
        * (0.5 * (${review_turnaround_hours_n} - 1) - FLOOR(0.5 * (${review_turnaround_hours_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: review_turnaround_hours_p90 {
    description: "90th percentile of hours from request to first review"
    type: number
    sql: ${review_turnaround_hours_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${review_turnaround_hours_n} - 1)) AS INT64))]
      + (${review_turnaround_hours_values}[SAFE_OFFSET(CAST(CEIL(0.9 * (${review_turnaround_hours_n} - 1)) AS INT64))] - ${review_turnaround_hours_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${review_turnaround_hours_n} - 1)) AS INT64))])
        * (0.9 * (${review_turnaround_hours_n} - 1) - FLOOR(0.9 * (${review_turnaround_hours_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }
}
