# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/responses_by_day.lkml.
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
    description: "How many of them have a response by an internal person"
    sql: ${TABLE}.answered ;;
  }

  dimension: answered_share {
    type: number
    description: "answered / opened, 0 to 1"
    sql: ${TABLE}.answered_share ;;
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
}
