view: +bootstraps_by_day {
  measure: total_started {
    description: "Set-ups that started"
    type: sum
    sql: ${started} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: total_ended {
    description: "Set-ups that ended"
    type: sum
    sql: ${ended} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: total_never_ended {
    description: "Set-ups that never ended"
    type: sum
    sql: ${never_ended} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }
}
