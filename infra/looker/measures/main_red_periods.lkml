view: +main_red_periods {
  measure: count {
    description: "Periods in which the check was red"
    type: count
    drill_fields: [detail*]
  }

  measure: red_hours {
    description: "Hours that the check was red"
    type: sum
    sql: ${red_seconds} / 3600 ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: longest_red_hours {
    description: "Hours of the longest red period"
    type: max
    sql: ${red_seconds} / 3600 ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }
}
