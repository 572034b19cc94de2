view: +delivery_by_period {
  dimension: change_failure_rate {
    value_format_name: percent_1
  }

  measure: total_deployments {
    description: "Deployment frequency: finished deploys to production"
    type: sum
    sql: ${deployments} ;;
    value_format_name: decimal_0
  }

  measure: total_deployment_days {
    description: "Days with a finished deploy to production, per app"
    type: sum
    sql: ${deployment_days} ;;
    value_format_name: decimal_0
  }

  measure: total_failed_deployments {
    description: "Failed deploys to production"
    type: sum
    sql: ${failed_deployments} ;;
    value_format_name: decimal_0
  }

  measure: total_changes {
    description: "Finished deploys that were a change"
    type: sum
    sql: ${changes} ;;
    value_format_name: decimal_0
  }

  measure: total_rollbacks {
    description: "Finished deploys that were a rollback"
    type: sum
    sql: ${rollbacks} ;;
    value_format_name: decimal_0
  }

  measure: total_failed_changes {
    description: "Changes that failed"
    type: sum
    sql: ${failed_changes} ;;
    value_format_name: decimal_0
  }

  measure: total_failures {
    description: "Failures of production"
    type: sum
    sql: ${failures} ;;
    value_format_name: decimal_0
  }

  measure: overall_change_failure_rate {
    description: "Share of changes that failed"
    type: number
    sql: SAFE_DIVIDE(${total_failed_changes}, ${total_changes}) ;;
    value_format_name: percent_1
  }
}
