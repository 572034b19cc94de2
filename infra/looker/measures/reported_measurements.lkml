view: +reported_measurements {
  measure: value_values {
    hidden: yes
    description: "Sorted values, of which the percentiles are exact"
    type: number
    sql: ARRAY_AGG(${value} IGNORE NULLS ORDER BY ${value}) ;;
  }

  measure: value_n {
    description: "How many values the percentiles are of"
    type: number
    sql: COUNT(${value}) ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: value_p50 {
    description: "Median of the values"
    type: number
    sql: ${value_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${value_n} - 1)) AS INT64))]
      + (${value_values}[SAFE_OFFSET(CAST(CEIL(0.5 * (${value_n} - 1)) AS INT64))] - ${value_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${value_n} - 1)) AS INT64))])
        * (0.5 * (${value_n} - 1) - FLOOR(0.5 * (${value_n} - 1))) ;;
    value_format_name: decimal_2
    drill_fields: [detail*]
  }

  measure: largest_value {
    description: "Largest of the values"
    type: max
    sql: ${value} ;;
    value_format_name: decimal_2
    drill_fields: [detail*]
  }
}
