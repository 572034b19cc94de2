view: +activity_by_day {
  measure: total_opened {
    description: "Opened"
    type: sum
    sql: ${opened} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: total_closed {
    description: "Closed without merging"
    type: sum
    sql: ${closed} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: total_merged {
    description: "Merged"
    type: sum
    sql: ${merged} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: total_reopened {
    description: "Reopened"
    type: sum
    sql: ${reopened} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }
}
