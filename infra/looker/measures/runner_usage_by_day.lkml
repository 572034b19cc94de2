view: +runner_usage_by_day {
  measure: total_jobs {
    description: "Jobs"
    type: sum
    sql: ${jobs} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: total_repeated_jobs {
    description: "Jobs of repeated runs"
    type: sum
    sql: ${repeated_jobs} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: total_minutes {
    description: "Billed minutes, each job rounded up"
    type: sum
    sql: ${billed_minutes} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: total_repeated_minutes {
    description: "Billed minutes of repeated runs"
    type: sum
    sql: ${repeated_minutes} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: total_cost {
    description: "Cost in USD at GitHub's list prices"
    type: sum
    sql: ${cost_usd} ;;
    value_format_name: decimal_2
    drill_fields: [detail*]
  }

  measure: total_jobs_without_price {
    description: "Jobs on runners without a known price"
    type: sum
    sql: ${jobs_without_price} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }
}
