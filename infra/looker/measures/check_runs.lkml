# Suggestions of a filter are of all time: those of main's runs read a small part of it.
view: +check_runs {
  dimension: repository {
    suggest_explore: main_check_runs
    suggest_dimension: main_check_runs.repository
  }

  dimension: check_name {
    suggest_explore: main_check_runs
    suggest_dimension: main_check_runs.check_name
  }

  dimension: branch_kind {
    suggestions: ["main", "pull_request", "other"]
  }

  measure: count {
    description: "Completed runs"
    type: count
    drill_fields: [detail*]
  }

  measure: passed_runs {
    description: "Runs that passed"
    type: count
    filters: [verdict: "passed"]
    drill_fields: [detail*]
  }

  measure: failed_runs {
    description: "Runs that failed"
    type: count
    filters: [verdict: "failed"]
    drill_fields: [detail*]
  }

  measure: runs_with_verdict {
    description: "Runs that passed or failed"
    type: count
    filters: [verdict: "passed,failed"]
    drill_fields: [detail*]
  }

  measure: failure_rate {
    description: "Share of runs with a verdict that failed"
    type: number
    sql: SAFE_DIVIDE(${failed_runs}, ${runs_with_verdict}) ;;
    value_format_name: percent_1
    drill_fields: [detail*]
  }

  measure: duration_minutes_p50 {
    description: "Median minutes that runs with a verdict took; approximate, within 1 percent of the ranks"
    type: percentile
    percentile: 50
    sql: CASE WHEN ${verdict} IS NOT NULL THEN ${duration_seconds} / 60 END ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: duration_minutes_p90 {
    description: "90th percentile of minutes that runs with a verdict took; approximate, within 1 percent of the ranks"
    type: percentile
    percentile: 90
    sql: CASE WHEN ${verdict} IS NOT NULL THEN ${duration_seconds} / 60 END ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: duration_minutes_p95 {
    description: "95th percentile of minutes that runs with a verdict took; approximate, within 1 percent of the ranks"
    type: percentile
    percentile: 95
    sql: CASE WHEN ${verdict} IS NOT NULL THEN ${duration_seconds} / 60 END ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: queue_seconds_p50 {
    description: "Median seconds in the queue, where known; approximate, within 1 percent of the ranks"
    type: percentile
    percentile: 50
    sql: ${queue_seconds} ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: queue_seconds_p90 {
    description: "90th percentile of seconds in the queue, where known; approximate, within 1 percent of the ranks"
    type: percentile
    percentile: 90
    sql: ${queue_seconds} ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }
}
