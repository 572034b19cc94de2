view: +delivery_by_period {
  dimension: change_failure_rate {
    value_format_name: percent_1
  }

  measure: total_deployments {
    description: "Deployment frequency: finished deploys to production"
    type: sum
    sql: ${deployments} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: total_deployment_days {
    description: "Days with a finished deploy to production, per app"
    type: sum
    sql: ${deployment_days} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: total_failed_deployments {
    description: "Failed deploys to production"
    type: sum
    sql: ${failed_deployments} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: total_changes {
    description: "Finished deploys that were a change"
    type: sum
    sql: ${changes} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: total_rollbacks {
    description: "Finished deploys that were a rollback"
    type: sum
    sql: ${rollbacks} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: total_failed_changes {
    description: "Changes that failed"
    type: sum
    sql: ${failed_changes} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: total_failures {
    description: "Failures of production"
    type: sum
    sql: ${failures} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: overall_change_failure_rate {
    description: "Share of changes that failed"
    type: number
    sql: SAFE_DIVIDE(${total_failed_changes}, ${total_changes}) ;;
    value_format_name: percent_1
    drill_fields: [detail*]
  }

  measure: total_hotfixes {
    description: "Finished deploys that were a hotfix or a revert"
    type: sum
    sql: ${hotfixes} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: total_open_failures {
    description: "Failures that have not ended"
    type: sum
    sql: ${open_failures} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: overall_deployment_rework_rate {
    description: "Share of finished deploys that were a rollback or a hotfix"
    type: number
    sql: SAFE_DIVIDE(${total_rollbacks} + ${total_hotfixes}, ${total_deployments}) ;;
    value_format_name: percent_1
    drill_fields: [detail*]
  }

  measure: overall_deploy_failure_rate {
    description: "Share of attempts to deploy that failed"
    type: number
    sql: SAFE_DIVIDE(${total_failed_deployments}, ${total_deployments} + ${total_failed_deployments}) ;;
    value_format_name: percent_1
    drill_fields: [detail*]
  }

  measure: total_lead_times {
    description: "Known lead times"
    type: sum
    sql: ${lead_times} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: total_unknown_lead_times {
    description: "Deployed pull requests, and commits without one, without a known lead time"
    type: sum
    sql: ${unknown_lead_times} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: overall_unknown_lead_time_share {
    description: "Share of them without a known lead time"
    type: number
    sql: SAFE_DIVIDE(${total_unknown_lead_times}, ${total_lead_times} + ${total_unknown_lead_times}) ;;
    value_format_name: percent_1
    drill_fields: [detail*]
  }
}
