view: +deployments {
  dimension: link {
    link: {
      label: "Deploy"
      url: "{{ value }}"
    }
  }

  measure: count {
    description: "Deploys to production that ended"
    type: count
    drill_fields: [detail*]
  }

  measure: finished_deployments {
    description: "Deployment frequency: deploys to production that finished"
    type: count
    filters: [status: "finished"]
    drill_fields: [detail*]
  }

  measure: failed_deployments {
    description: "Deploys to production that failed"
    type: count
    filters: [kind: "failure"]
    drill_fields: [detail*]
  }

  measure: changes {
    description: "Finished deploys that were a change"
    type: count
    filters: [kind: "change"]
    drill_fields: [detail*]
  }

  measure: rollbacks {
    description: "Finished deploys that were a rollback"
    type: count
    filters: [kind: "rollback"]
    drill_fields: [detail*]
  }

  measure: failed_changes {
    description: "Changes that failed"
    type: count
    filters: [kind: "change", change_failed: "yes"]
    drill_fields: [detail*]
  }

  measure: change_failure_rate {
    description: "Share of changes that failed"
    type: number
    sql: SAFE_DIVIDE(${failed_changes}, ${changes}) ;;
    value_format_name: percent_1
    drill_fields: [detail*]
  }

  measure: hotfixes {
    description: "Finished deploys that were a hotfix or a revert"
    type: count
    filters: [is_hotfix: "yes"]
    drill_fields: [detail*]
  }

  measure: deployment_rework_rate {
    description: "Share of finished deploys that were a rollback or a hotfix"
    type: number
    sql: SAFE_DIVIDE(${rollbacks} + ${hotfixes}, ${finished_deployments}) ;;
    value_format_name: percent_1
    drill_fields: [detail*]
  }

  measure: deploy_failure_rate {
    description: "Share of attempts to deploy that failed"
    type: number
    sql: SAFE_DIVIDE(${failed_deployments}, ${count}) ;;
    value_format_name: percent_1
    drill_fields: [detail*]
  }

  measure: hours_between_values {
    hidden: yes
    description: "Sorted hours since the finished deploy before, of which the percentiles are exact"
    type: number
    sql: ARRAY_AGG(${seconds_since_previous} / 3600 IGNORE NULLS ORDER BY ${seconds_since_previous} / 3600) ;;
  }

  measure: hours_between_n {
    description: "How many hours since the finished deploy before the percentiles are of"
    type: number
    sql: COUNT(${seconds_since_previous} / 3600) ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: hours_between_p50 {
    description: "Median hours since the finished deploy before"
    type: number
    sql: ${hours_between_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${hours_between_n} - 1)) AS INT64))]
      + (${hours_between_values}[SAFE_OFFSET(CAST(CEIL(0.5 * (${hours_between_n} - 1)) AS INT64))] - ${hours_between_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${hours_between_n} - 1)) AS INT64))])
        * (0.5 * (${hours_between_n} - 1) - FLOOR(0.5 * (${hours_between_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: hours_between_p90 {
    description: "90th percentile of hours since the finished deploy before"
    type: number
    sql: ${hours_between_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${hours_between_n} - 1)) AS INT64))]
      + (${hours_between_values}[SAFE_OFFSET(CAST(CEIL(0.9 * (${hours_between_n} - 1)) AS INT64))] - ${hours_between_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${hours_between_n} - 1)) AS INT64))])
        * (0.9 * (${hours_between_n} - 1) - FLOOR(0.9 * (${hours_between_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: batch_size_values {
    hidden: yes
    description: "Sorted pull requests per finished deploy, of which the percentiles are exact"
    type: number
    sql: ARRAY_AGG(${pull_requests} IGNORE NULLS ORDER BY ${pull_requests}) ;;
  }

  measure: batch_size_n {
    description: "How many pull requests per finished deploy the percentiles are of"
    type: number
    sql: COUNT(${pull_requests}) ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: batch_size_p50 {
    description: "Median pull requests per finished deploy"
    type: number
    sql: ${batch_size_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${batch_size_n} - 1)) AS INT64))]
      + (${batch_size_values}[SAFE_OFFSET(CAST(CEIL(0.5 * (${batch_size_n} - 1)) AS INT64))] - ${batch_size_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${batch_size_n} - 1)) AS INT64))])
        * (0.5 * (${batch_size_n} - 1) - FLOOR(0.5 * (${batch_size_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: batch_size_p90 {
    description: "90th percentile of pull requests per finished deploy"
    type: number
    sql: ${batch_size_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${batch_size_n} - 1)) AS INT64))]
      + (${batch_size_values}[SAFE_OFFSET(CAST(CEIL(0.9 * (${batch_size_n} - 1)) AS INT64))] - ${batch_size_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${batch_size_n} - 1)) AS INT64))])
        * (0.9 * (${batch_size_n} - 1) - FLOOR(0.9 * (${batch_size_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }
}
