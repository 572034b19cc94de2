view: +deploys {
  dimension: link {
    link: {
      label: "Freight"
      url: "{{ value }}"
    }
  }

  measure: count {
    description: "Deploys"
    type: count
  }

  measure: finished_deploys {
    description: "Deploys that finished"
    type: count
    filters: [status: "finished"]
  }

  measure: failed_deploys {
    description: "Deploys that failed"
    type: count
    filters: [status: "failed"]
  }

  measure: canceled_deploys {
    description: "Deploys that were canceled"
    type: count
    filters: [status: "canceled"]
  }

  measure: queue_seconds_p50 {
    description: "Median seconds from queueing to start"
    type: percentile
    percentile: 50
    sql: ${queue_seconds} ;;
    value_format_name: decimal_1
  }

  measure: queue_seconds_p90 {
    description: "90th percentile of seconds from queueing to start"
    type: percentile
    percentile: 90
    sql: ${queue_seconds} ;;
    value_format_name: decimal_1
  }

  measure: queue_minutes_p90 {
    description: "90th percentile of minutes from queueing to start"
    type: percentile
    percentile: 90
    sql: ${queue_seconds} / 60 ;;
    value_format_name: decimal_1
  }

  measure: run_minutes_p50 {
    description: "Median minutes from start to end"
    type: percentile
    percentile: 50
    sql: ${run_seconds} / 60 ;;
    value_format_name: decimal_1
  }

  measure: run_minutes_p90 {
    description: "90th percentile of minutes from start to end"
    type: percentile
    percentile: 90
    sql: ${run_seconds} / 60 ;;
    value_format_name: decimal_1
  }
}
