view: +events_by_minute {
  # Every source once, instead of all events.
  dimension: source {
    suggest_explore: source_freshness
    suggest_dimension: source_freshness.source
  }

  dimension_group: accepted {
    timeframes: [raw, time, minute, hour, date, week, month]
  }

  measure: total_events {
    description: "Events accepted"
    type: sum
    sql: ${events} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: longest_delay_seconds {
    description: "Longest delay between event and acceptance"
    type: max
    sql: ${delay_seconds_max} ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: longest_delay_seconds_p50 {
    description: "Median delay of the slowest minute"
    type: max
    sql: ${delay_seconds_p50} ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }
}
