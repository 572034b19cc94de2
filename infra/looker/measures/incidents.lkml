view: +incidents {
  measure: count {
    description: "Incidents"
    type: count
    drill_fields: [detail*]
  }

  measure: linked {
    description: "Incidents that a deployment caused"
    type: count
    filters: [is_linked: "yes"]
    drill_fields: [detail*]
  }

  measure: unlinked {
    description: "Incidents that are not linked to a deployment"
    type: count
    filters: [is_linked: "no"]
    drill_fields: [detail*]
  }

  measure: duration_minutes_values {
    hidden: yes
    description: "Sorted minutes from opening to resolution, of which the percentiles are exact"
    type: number
    sql: ARRAY_AGG(${duration_seconds} / 60 IGNORE NULLS ORDER BY ${duration_seconds} / 60) ;;
  }

  measure: duration_minutes_n {
    description: "How many minutes from opening to resolution the percentiles are of"
    type: number
    sql: COUNT(${duration_seconds} / 60) ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: duration_minutes_p50 {
    description: "Median minutes from opening to resolution, of those resolved"
    type: number
    sql: ${duration_minutes_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${duration_minutes_n} - 1)) AS INT64))]
      + (${duration_minutes_values}[SAFE_OFFSET(CAST(CEIL(0.5 * (${duration_minutes_n} - 1)) AS INT64))] - ${duration_minutes_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${duration_minutes_n} - 1)) AS INT64))])
        * (0.5 * (${duration_minutes_n} - 1) - FLOOR(0.5 * (${duration_minutes_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: detection_minutes_values {
    hidden: yes
    description: "Sorted minutes from the linked deployment to the opening, of which the percentiles are exact"
    type: number
    sql: ARRAY_AGG(${detection_seconds} / 60 IGNORE NULLS ORDER BY ${detection_seconds} / 60) ;;
  }

  measure: detection_minutes_n {
    description: "How many minutes from the linked deployment to the opening the percentiles are of"
    type: number
    sql: COUNT(${detection_seconds} / 60) ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: detection_minutes_p50 {
    description: "Median minutes from the linked deployment to the opening"
    type: number
    sql: ${detection_minutes_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${detection_minutes_n} - 1)) AS INT64))]
      + (${detection_minutes_values}[SAFE_OFFSET(CAST(CEIL(0.5 * (${detection_minutes_n} - 1)) AS INT64))] - ${detection_minutes_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${detection_minutes_n} - 1)) AS INT64))])
        * (0.5 * (${detection_minutes_n} - 1) - FLOOR(0.5 * (${detection_minutes_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }
}
