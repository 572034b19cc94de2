view: +main_red_by_day {
  dimension: red_share {
    value_format_name: percent_1
  }

  measure: total_red_hours {
    description: "Hours that the check was red"
    type: sum
    sql: ${red_seconds} / 3600 ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: total_observed_hours {
    description: "Observed hours"
    type: sum
    sql: ${observed_seconds} / 3600 ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: overall_red_share {
    description: "Share of the time that the check was red"
    type: number
    sql: SAFE_DIVIDE(${total_red_hours}, ${total_observed_hours}) ;;
    value_format_name: percent_1
    drill_fields: [detail*]
  }
}
