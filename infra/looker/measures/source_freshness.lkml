view: +source_freshness {
  measure: longest_silence_hours {
    description: "Hours since the last event, of the source that has been silent longest"
    type: max
    sql: ${seconds_since_last_event} / 3600 ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }
}
