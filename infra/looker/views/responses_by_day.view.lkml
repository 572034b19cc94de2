view: responses_by_day {
  sql_table_name: open_source.responses_by_day ;;

  dimension: repository {
    type: string
    description: "owner/name"
    sql: ${TABLE}.repository ;;
  }

  dimension: kind {
    type: string
    description: "issue or pull_request"
    sql: ${TABLE}.kind ;;
  }

  dimension: author_type {
    type: string
    description: "bot, internal or external"
    sql: ${TABLE}.author_type ;;
  }

  dimension_group: day {
    type: time
    timeframes: [raw, date, week, month]
    datatype: date
    convert_tz: no
    description: "UTC day of opening"
    sql: ${TABLE}.day ;;
  }

  dimension: opened {
    type: number
    description: "How many were opened"
    sql: ${TABLE}.opened ;;
  }

  dimension: answered {
    type: number
    description: "How many of them somebody internal has responded to"
    sql: ${TABLE}.answered ;;
  }

  dimension: answered_share {
    type: number
    description: "answered of opened, 0 to 1"
    sql: ${TABLE}.answered_share ;;
    value_format_name: percent_1
  }

  dimension: first_response_seconds_p50 {
    type: number
    description: "Median time to first response, of those answered"
    sql: ${TABLE}.first_response_seconds_p50 ;;
  }

  dimension: first_response_seconds_p90 {
    type: number
    description: "90th percentile of the same"
    sql: ${TABLE}.first_response_seconds_p90 ;;
  }

  dimension: reviewed {
    type: number
    description: "How many of them were reviewed"
    sql: ${TABLE}.reviewed ;;
  }

  dimension: review_turnaround_seconds_p50 {
    type: number
    description: "Median review turnaround, of those reviewed"
    sql: ${TABLE}.review_turnaround_seconds_p50 ;;
  }

  dimension: review_turnaround_seconds_p90 {
    type: number
    description: "90th percentile of the same"
    sql: ${TABLE}.review_turnaround_seconds_p90 ;;
  }

  measure: total_opened {
    description: "Opened"
    type: sum
    sql: ${opened} ;;
    value_format_name: decimal_0
  }

  measure: total_answered {
    description: "Answered by somebody internal"
    type: sum
    sql: ${answered} ;;
    value_format_name: decimal_0
  }

  measure: overall_answered_share {
    description: "Answered of opened"
    type: number
    sql: SAFE_DIVIDE(${total_answered}, ${total_opened}) ;;
    value_format_name: percent_1
  }
}
