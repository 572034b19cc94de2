view: +deployments {
  dimension: link {
    link: {
      label: "Freight"
      url: "{{ value }}"
    }
  }

  measure: count {
    description: "Deploys to production that ended"
    type: count
  }

  measure: finished_deployments {
    description: "Deployment frequency: deploys to production that finished"
    type: count
    filters: [status: "finished"]
  }

  measure: failed_deployments {
    description: "Deploys to production that failed"
    type: count
    filters: [kind: "failure"]
  }

  measure: changes {
    description: "Finished deploys that were a change"
    type: count
    filters: [kind: "change"]
  }

  measure: rollbacks {
    description: "Finished deploys that were a rollback"
    type: count
    filters: [kind: "rollback"]
  }

  measure: failed_changes {
    description: "Changes that failed"
    type: count
    filters: [kind: "change", change_failed: "yes"]
  }

  measure: change_failure_rate {
    description: "Share of changes that failed"
    type: number
    sql: SAFE_DIVIDE(${failed_changes}, ${changes}) ;;
    value_format_name: percent_1
  }
}
