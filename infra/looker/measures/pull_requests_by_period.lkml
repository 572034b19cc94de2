view: +pull_requests_by_period {
  measure: total_merged {
    description: "Merged pull requests of people"
    type: sum
    sql: ${merged_pull_requests} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: total_unreviewed {
    description: "Those that nobody reviewed"
    type: sum
    sql: ${unreviewed} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: total_reverts {
    description: "Those that are a revert"
    type: sum
    sql: ${reverts} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: total_reverted {
    description: "Those that were reverted"
    type: sum
    sql: ${reverted} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: overall_revert_rate {
    description: "Share of merged pull requests that were reverted"
    type: number
    sql: SAFE_DIVIDE(${total_reverted}, ${total_merged}) ;;
    value_format_name: percent_1
    drill_fields: [detail*]
  }

  measure: overall_unreviewed_share {
    description: "Share of merged pull requests that nobody reviewed"
    type: number
    sql: SAFE_DIVIDE(${total_unreviewed}, ${total_merged}) ;;
    value_format_name: percent_1
    drill_fields: [detail*]
  }
}
