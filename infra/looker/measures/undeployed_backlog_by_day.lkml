view: +undeployed_backlog_by_day {
  measure: largest_backlog {
    description: "Largest number of pull requests that waited at the end of a day"
    type: max
    sql: ${undeployed_pull_requests} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: longest_wait_hours {
    description: "Hours that the oldest pull request had waited"
    type: max
    sql: ${oldest_age_seconds} / 3600 ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }
}
