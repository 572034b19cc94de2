view: +contributions {
  measure: count {
    description: "Issues and pull requests"
    type: count
  }

  measure: answered {
    description: "Issues and pull requests with a response by an internal person"
    type: count
    filters: [first_response_seconds: "NOT NULL"]
  }

  measure: answered_share {
    description: "Share of issues and pull requests that were answered"
    type: number
    sql: SAFE_DIVIDE(${answered}, ${count}) ;;
    value_format_name: percent_1
  }

  measure: first_response_hours_p50 {
    description: "Median hours to the first response"
    type: percentile
    percentile: 50
    sql: ${first_response_seconds} / 3600 ;;
    value_format_name: decimal_1
  }

  measure: first_response_hours_p90 {
    description: "90th percentile of hours to the first response"
    type: percentile
    percentile: 90
    sql: ${first_response_seconds} / 3600 ;;
    value_format_name: decimal_1
  }

  measure: review_turnaround_hours_p50 {
    description: "Median hours from request to first review"
    type: percentile
    percentile: 50
    sql: ${review_turnaround_seconds} / 3600 ;;
    value_format_name: decimal_1
  }

  measure: review_turnaround_hours_p90 {
    description: "90th percentile of hours from request to first review"
    type: percentile
    percentile: 90
    sql: ${review_turnaround_seconds} / 3600 ;;
    value_format_name: decimal_1
  }
}
