view: +bundle_sizes {
  measure: count {
    description: "Reported assets"
    type: count
    drill_fields: [detail*]
  }

  measure: largest_size_kilobytes {
    description: "Kilobytes (1,000 bytes) of the largest build"
    type: max
    sql: ${size_bytes} / 1000 ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: latest_size_kilobytes {
    description: "Kilobytes (1,000 bytes) of the latest build"
    type: number
    sql: ARRAY_AGG(${size_bytes} / 1000 IGNORE NULLS ORDER BY ${TABLE}.built_at DESC LIMIT 1)[SAFE_OFFSET(0)] ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }
}
