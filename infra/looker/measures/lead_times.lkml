view: +lead_times {
  measure: count {
    description: "Pull requests that were shipped, and commits without one"
    type: count
  }

  measure: commits_without_pull_request {
    description: "Commits that were shipped without a pull request"
    type: count
    filters: [pull_request_number: "NULL"]
  }

  measure: lead_time_hours_p50 {
    description: "Median hours from first commit to production"
    type: percentile
    percentile: 50
    sql: ${lead_time_seconds} / 3600 ;;
    value_format_name: decimal_1
  }

  measure: lead_time_hours_p90 {
    description: "90th percentile of hours from first commit to production"
    type: percentile
    percentile: 90
    sql: ${lead_time_seconds} / 3600 ;;
    value_format_name: decimal_1
  }

  measure: merge_to_deploy_hours_p50 {
    description: "Median hours from merge to production"
    type: percentile
    percentile: 50
    sql: ${merge_to_deploy_seconds} / 3600 ;;
    value_format_name: decimal_1
  }

  measure: merge_to_deploy_hours_p90 {
    description: "90th percentile of hours from merge to production"
    type: percentile
    percentile: 90
    sql: ${merge_to_deploy_seconds} / 3600 ;;
    value_format_name: decimal_1
  }
}
