view: main_red_by_day {
  sql_table_name: product_eng.main_red_by_day ;;

  dimension: repository {
    type: string
    description: "owner/name"
    sql: ${TABLE}.repository ;;
  }

  dimension: check_name {
    type: string
    description: "The check's name"
    sql: ${TABLE}.check_name ;;
  }

  dimension_group: day {
    type: time
    timeframes: [raw, date, week, month]
    datatype: date
    convert_tz: no
    description: "UTC day"
    sql: ${TABLE}.day ;;
  }

  dimension: red_periods {
    type: number
    description: "Red periods that touched the day"
    sql: ${TABLE}.red_periods ;;
  }

  dimension: red_seconds {
    type: number
    description: "Seconds of the day on which it was red"
    sql: ${TABLE}.red_seconds ;;
  }

  dimension: observed_seconds {
    type: number
    description: "Seconds of the day that count: 24 hours, less what was before the first verdict and what of today is to come"
    sql: ${TABLE}.observed_seconds ;;
  }

  dimension: red_share {
    type: number
    description: "red_seconds of observed_seconds, 0 to 1"
    sql: ${TABLE}.red_share ;;
    value_format_name: percent_1
  }

  measure: total_red_hours {
    description: "Hours that the check was red"
    type: sum
    sql: ${red_seconds} / 3600 ;;
    value_format_name: decimal_1
  }

  measure: total_observed_hours {
    description: "Hours that count"
    type: sum
    sql: ${observed_seconds} / 3600 ;;
    value_format_name: decimal_1
  }

  measure: overall_red_share {
    description: "Share of the time that the check was red"
    type: number
    sql: SAFE_DIVIDE(${total_red_hours}, ${total_observed_hours}) ;;
    value_format_name: percent_1
  }
}
