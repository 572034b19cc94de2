view: +lead_times {
  measure: count {
    description: "Pull requests that were shipped, and commits without one"
    type: count
    drill_fields: [detail*]
  }

  measure: commits_without_pull_request {
    description: "Commits that were shipped without a pull request"
    type: count
    filters: [pull_request_number: "NULL"]
    drill_fields: [detail*]
  }

  measure: lead_time_hours_values {
    hidden: yes
    description: "Sorted hours from first commit to production, of which the percentiles are exact"
    type: number
    sql: ARRAY_AGG(${lead_time_seconds} / 3600 IGNORE NULLS ORDER BY ${lead_time_seconds} / 3600) ;;
  }

  measure: lead_time_hours_n {
    description: "How many hours from first commit to production the percentiles are of"
    type: number
    sql: COUNT(${lead_time_seconds} / 3600) ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: lead_time_hours_p50 {
    description: "Median hours from first commit to production"
    type: number
    sql: ${lead_time_hours_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${lead_time_hours_n} - 1)) AS INT64))]
      + (${lead_time_hours_values}[SAFE_OFFSET(CAST(CEIL(0.5 * (${lead_time_hours_n} - 1)) AS INT64))] - ${lead_time_hours_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${lead_time_hours_n} - 1)) AS INT64))])
        * (0.5 * (${lead_time_hours_n} - 1) - FLOOR(0.5 * (${lead_time_hours_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: lead_time_hours_p90 {
    description: "90th percentile of hours from first commit to production"
    type: number
    sql: ${lead_time_hours_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${lead_time_hours_n} - 1)) AS INT64))]
      + (${lead_time_hours_values}[SAFE_OFFSET(CAST(CEIL(0.9 * (${lead_time_hours_n} - 1)) AS INT64))] - ${lead_time_hours_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${lead_time_hours_n} - 1)) AS INT64))])
        * (0.9 * (${lead_time_hours_n} - 1) - FLOOR(0.9 * (${lead_time_hours_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: merge_to_deploy_hours_values {
    hidden: yes
    description: "Sorted hours from merge to production, of which the percentiles are exact"
    type: number
    sql: ARRAY_AGG(${merge_to_deploy_seconds} / 3600 IGNORE NULLS ORDER BY ${merge_to_deploy_seconds} / 3600) ;;
  }

  measure: merge_to_deploy_hours_n {
    description: "How many hours from merge to production the percentiles are of"
    type: number
    sql: COUNT(${merge_to_deploy_seconds} / 3600) ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: merge_to_deploy_hours_p50 {
    description: "Median hours from merge to production"
    type: number
    sql: ${merge_to_deploy_hours_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${merge_to_deploy_hours_n} - 1)) AS INT64))]
      + (${merge_to_deploy_hours_values}[SAFE_OFFSET(CAST(CEIL(0.5 * (${merge_to_deploy_hours_n} - 1)) AS INT64))] - ${merge_to_deploy_hours_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${merge_to_deploy_hours_n} - 1)) AS INT64))])
        * (0.5 * (${merge_to_deploy_hours_n} - 1) - FLOOR(0.5 * (${merge_to_deploy_hours_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: merge_to_deploy_hours_p90 {
    description: "90th percentile of hours from merge to production"
    type: number
    sql: ${merge_to_deploy_hours_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${merge_to_deploy_hours_n} - 1)) AS INT64))]
      + (${merge_to_deploy_hours_values}[SAFE_OFFSET(CAST(CEIL(0.9 * (${merge_to_deploy_hours_n} - 1)) AS INT64))] - ${merge_to_deploy_hours_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${merge_to_deploy_hours_n} - 1)) AS INT64))])
        * (0.9 * (${merge_to_deploy_hours_n} - 1) - FLOOR(0.9 * (${merge_to_deploy_hours_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }
}
