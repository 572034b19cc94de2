# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/responses_by_day.lkml.
view: responses_by_day {
  sql_table_name: @{OPEN_SOURCE_DATASET}.responses_by_day ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.repository AS STRING), CAST(${TABLE}.kind AS STRING), CAST(${TABLE}.author_type AS STRING), CAST(${TABLE}.day AS STRING)]) ;;
  }

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
    timeframes: [raw, date, week, month, quarter]
    datatype: date
    convert_tz: no
    description: "Day of opening"
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
    group_label: "Of the row only: do not add or average"
    description: "answered / opened, 0 to 1"
    sql: ${TABLE}.answered_share ;;
  }

  dimension: first_response_seconds_p50 {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "Median time to first response, of those answered"
    sql: ${TABLE}.first_response_seconds_p50 ;;
  }

  dimension: first_response_seconds_p90 {
    type: number
    group_label: "Of the row only: do not add or average"
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
    group_label: "Of the row only: do not add or average"
    description: "Median review turnaround, of those reviewed"
    sql: ${TABLE}.review_turnaround_seconds_p50 ;;
  }

  dimension: review_turnaround_seconds_p90 {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "90th percentile of the same"
    sql: ${TABLE}.review_turnaround_seconds_p90 ;;
  }

  set: detail {
    fields: [repository, kind, author_type, day_date, opened, answered, reviewed]
  }
}
