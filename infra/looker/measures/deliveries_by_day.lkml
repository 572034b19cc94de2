view: +deliveries_by_day {
  measure: total_sent {
    description: "Events that GitHub sent"
    type: sum
    sql: ${sent} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: total_held {
    description: "Those of them that the suite holds"
    type: sum
    sql: ${held} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: total_missing {
    description: "Those of them that the suite does not hold"
    type: sum
    sql: ${missing} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }
}
