view: +ci_by_day {
  dimension: failure_rate {
    value_format_name: percent_1
  }

  dimension: flake_rate {
    value_format_name: percent_1
  }

  measure: total_runs {
    description: "Completed runs"
    type: sum
    sql: ${runs} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: total_passed {
    description: "Runs that passed"
    type: sum
    sql: ${passed} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: total_failed {
    description: "Runs that failed"
    type: sum
    sql: ${failed} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: total_commits {
    description: "Commits with a first verdict"
    type: sum
    sql: ${commits} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: total_flaky_commits {
    description: "Commits on which the check was flaky"
    type: sum
    sql: ${flaky_commits} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: overall_failure_rate {
    description: "Share of runs with a verdict that failed"
    type: number
    sql: SAFE_DIVIDE(${total_failed}, ${total_passed} + ${total_failed}) ;;
    value_format_name: percent_1
    drill_fields: [detail*]
  }

  measure: overall_flake_rate {
    description: "Share of commits with a verdict on which the check was flaky"
    type: number
    sql: SAFE_DIVIDE(${total_flaky_commits}, ${total_commits}) ;;
    value_format_name: percent_1
    drill_fields: [detail*]
  }
}
