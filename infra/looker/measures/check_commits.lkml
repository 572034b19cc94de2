view: +check_commits {
  measure: count {
    description: "Commits with a verdict"
    type: count
    drill_fields: [detail*]
  }

  measure: flaky_commits {
    description: "Commits on which the check was flaky"
    type: count
    filters: [is_flaky: "yes"]
    drill_fields: [detail*]
  }

  measure: flake_rate {
    description: "Share of commits with a verdict on which the check was flaky"
    type: number
    sql: SAFE_DIVIDE(${flaky_commits}, ${count}) ;;
    value_format_name: percent_1
    drill_fields: [detail*]
  }
}
