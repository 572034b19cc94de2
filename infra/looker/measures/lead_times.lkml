view: +lead_times {
  measure: count {
    description: "Pull requests that were shipped"
    type: count
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
