view: +review_load_by_period {
  measure: total_reviews {
    description: "Submitted reviews"
    type: sum
    sql: ${reviews} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: total_pull_requests {
    description: "Reviewed pull requests, per reviewer"
    type: sum
    sql: ${pull_requests} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: total_approvals {
    description: "Reviews that approved"
    type: sum
    sql: ${approvals} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: total_requests_for_changes {
    description: "Reviews that requested changes"
    type: sum
    sql: ${requests_for_changes} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }
}
