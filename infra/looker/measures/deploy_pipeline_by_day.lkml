view: +deploy_pipeline_by_day {
  measure: total_deploys {
    description: "Deploys"
    type: sum
    sql: ${deploys} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: total_finished {
    description: "Deploys that finished"
    type: sum
    sql: ${finished} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: total_failed {
    description: "Deploys that failed"
    type: sum
    sql: ${failed} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: total_canceled {
    description: "Deploys that were canceled"
    type: sum
    sql: ${canceled} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }
}
