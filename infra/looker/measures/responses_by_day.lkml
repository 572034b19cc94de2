view: +responses_by_day {
  dimension: answered_share {
    value_format_name: percent_1
  }

  measure: total_opened {
    description: "Opened"
    type: sum
    sql: ${opened} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: total_answered {
    description: "Answered by an internal person"
    type: sum
    sql: ${answered} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: overall_answered_share {
    description: "Share of opened issues and pull requests that were answered"
    type: number
    sql: SAFE_DIVIDE(${total_answered}, ${total_opened}) ;;
    value_format_name: percent_1
    drill_fields: [detail*]
  }
}
