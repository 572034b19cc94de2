view: +bundle_differences {
  measure: count {
    description: "Assets that were compared"
    type: count
    drill_fields: [detail*]
  }

  measure: total_difference_kilobytes {
    description: "Kilobytes (1,000 bytes) added; negative if bytes were saved"
    type: sum
    sql: ${difference_bytes} / 1000 ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: pull_requests {
    description: "Pull requests that were built"
    type: count_distinct
    sql: ${pull_request_number} ;;
    drill_fields: [detail*]
  }
}
