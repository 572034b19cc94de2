view: +incidents {
  measure: count {
    description: "Incidents"
    type: count
  }

  measure: linked {
    description: "Incidents that a deployment caused"
    type: count
    filters: [is_linked: "yes"]
  }

  measure: unlinked {
    description: "Incidents that are not linked to a deployment"
    type: count
    filters: [is_linked: "no"]
  }

  measure: duration_minutes_p50 {
    description: "Median minutes from opening to resolution, of those resolved"
    type: percentile
    percentile: 50
    sql: ${duration_seconds} / 60 ;;
    value_format_name: decimal_1
  }
}
