view: +measurements_by_day {
  measure: total_measurements {
    description: "Measurements; repeated deliveries count once"
    type: sum
    sql: ${measurements} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: largest_value {
    description: "Largest value"
    type: max
    sql: ${value_max} ;;
    value_format_name: decimal_2
    drill_fields: [detail*]
  }
}
