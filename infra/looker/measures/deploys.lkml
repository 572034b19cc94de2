view: +deploys {
  dimension: link {
    link: {
      label: "Deploy"
      url: "{{ value }}"
    }
  }

  measure: count {
    description: "Deploys"
    type: count
    drill_fields: [detail*]
  }

  measure: finished_deploys {
    description: "Deploys that finished"
    type: count
    filters: [status: "finished"]
    drill_fields: [detail*]
  }

  measure: failed_deploys {
    description: "Deploys that failed"
    type: count
    filters: [status: "failed"]
    drill_fields: [detail*]
  }

  measure: canceled_deploys {
    description: "Deploys that were canceled"
    type: count
    filters: [status: "canceled"]
    drill_fields: [detail*]
  }

  measure: queue_seconds_values {
    hidden: yes
    description: "Sorted seconds from queueing to start, of which the percentiles are exact"
    type: number
    sql: ARRAY_AGG(${queue_seconds} IGNORE NULLS ORDER BY ${queue_seconds}) ;;
  }

  measure: queue_seconds_n {
    description: "How many seconds from queueing to start the percentiles are of"
    type: number
    sql: COUNT(${queue_seconds}) ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: queue_seconds_p50 {
    description: "Median seconds from queueing to start"
    type: number
    sql: ${queue_seconds_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${queue_seconds_n} - 1)) AS INT64))]
      + (${queue_seconds_values}[SAFE_OFFSET(CAST(CEIL(0.5 * (${queue_seconds_n} - 1)) AS INT64))] - ${queue_seconds_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${queue_seconds_n} - 1)) AS INT64))])
        * (0.5 * (${queue_seconds_n} - 1) - FLOOR(0.5 * (${queue_seconds_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: queue_seconds_p90 {
    description: "90th percentile of seconds from queueing to start"
    type: number
    sql: ${queue_seconds_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${queue_seconds_n} - 1)) AS INT64))]
      + (${queue_seconds_values}[SAFE_OFFSET(CAST(CEIL(0.9 * (${queue_seconds_n} - 1)) AS INT64))] - ${queue_seconds_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${queue_seconds_n} - 1)) AS INT64))])
        * (0.9 * (${queue_seconds_n} - 1) - FLOOR(0.9 * (${queue_seconds_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: queue_minutes_values {
    hidden: yes
    description: "Sorted minutes from queueing to start, of which the percentiles are exact"
    type: number
    sql: ARRAY_AGG(${queue_seconds} / 60 IGNORE NULLS ORDER BY ${queue_seconds} / 60) ;;
  }

  measure: queue_minutes_n {
    description: "How many minutes from queueing to start the percentiles are of"
    type: number
    sql: COUNT(${queue_seconds} / 60) ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: queue_minutes_p90 {
    description: "90th percentile of minutes from queueing to start"
    type: number
    sql: ${queue_minutes_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${queue_minutes_n} - 1)) AS INT64))]
      + (${queue_minutes_values}[SAFE_OFFSET(CAST(CEIL(0.9 * (${queue_minutes_n} - 1)) AS INT64))] - ${queue_minutes_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${queue_minutes_n} - 1)) AS INT64))])
        * (0.9 * (${queue_minutes_n} - 1) - FLOOR(0.9 * (${queue_minutes_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: run_minutes_values {
    hidden: yes
    description: "Sorted minutes from start to end, of which the percentiles are exact"
    type: number
    sql: ARRAY_AGG(${run_seconds} / 60 IGNORE NULLS ORDER BY ${run_seconds} / 60) ;;
  }

  measure: run_minutes_n {
    description: "How many minutes from start to end the percentiles are of"
    type: number
    sql: COUNT(${run_seconds} / 60) ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: run_minutes_p50 {
    description: "Median minutes from start to end"
    type: number
    sql: ${run_minutes_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${run_minutes_n} - 1)) AS INT64))]
      + (${run_minutes_values}[SAFE_OFFSET(CAST(CEIL(0.5 * (${run_minutes_n} - 1)) AS INT64))] - ${run_minutes_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${run_minutes_n} - 1)) AS INT64))])
        * (0.5 * (${run_minutes_n} - 1) - FLOOR(0.5 * (${run_minutes_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: run_minutes_p90 {
    description: "90th percentile of minutes from start to end"
    type: number
    sql: ${run_minutes_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${run_minutes_n} - 1)) AS INT64))]
      + (${run_minutes_values}[SAFE_OFFSET(CAST(CEIL(0.9 * (${run_minutes_n} - 1)) AS INT64))] - ${run_minutes_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${run_minutes_n} - 1)) AS INT64))])
        * (0.9 * (${run_minutes_n} - 1) - FLOOR(0.9 * (${run_minutes_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }
}
