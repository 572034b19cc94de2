# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/contributions.lkml.
view: contributions {
  sql_table_name: @{OPEN_SOURCE_DATASET}.contributions ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.repository AS STRING), CAST(${TABLE}.kind AS STRING), CAST(${TABLE}.number AS STRING)]) ;;
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

  dimension: number {
    type: number
    description: "Its number; issues and pull requests are numbered together"
    sql: ${TABLE}.number ;;
  }

  dimension: author {
    type: string
    description: "Login of the author; NULL if no event with it was received"
    sql: ${TABLE}.author ;;
  }

  dimension: author_type {
    type: string
    description: "bot, internal or external, at the time of opening"
    sql: ${TABLE}.author_type ;;
  }

  dimension: state {
    type: string
    description: "open, closed or merged"
    sql: ${TABLE}.state ;;
  }

  dimension_group: opened {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When it was opened, even if the opening was not received"
    sql: DATETIME(${TABLE}.opened_at, '@{TIME_ZONE}') ;;
  }

  dimension_group: closed {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When it was last closed or merged; NULL if it was reopened"
    sql: DATETIME(${TABLE}.closed_at, '@{TIME_ZONE}') ;;
  }

  dimension_group: merged {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When it was merged"
    sql: DATETIME(${TABLE}.merged_at, '@{TIME_ZONE}') ;;
  }

  dimension_group: first_response {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "First comment or review by an internal person other than the author. Labels, assignments and closing are no response"
    sql: DATETIME(${TABLE}.first_response_at, '@{TIME_ZONE}') ;;
  }

  dimension: first_response_seconds {
    type: number
    description: "From opened_at to first_response_at; NULL before a response"
    sql: ${TABLE}.first_response_seconds ;;
  }

  dimension_group: review_requested {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When a review was first requested"
    sql: DATETIME(${TABLE}.review_requested_at, '@{TIME_ZONE}') ;;
  }

  dimension_group: first_review {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "First review after the request (after opening, if none was requested) by a person other than the author and not by a bot"
    sql: DATETIME(${TABLE}.first_review_at, '@{TIME_ZONE}') ;;
  }

  dimension: review_turnaround_seconds {
    type: number
    description: "From review_requested_at, or opened_at, to first_review_at; a draft waits from the moment when it was ready for review"
    sql: ${TABLE}.review_turnaround_seconds ;;
  }

  set: detail {
    fields: [repository, kind, number, author, author_type, state, opened_time, closed_time, merged_time, first_response_time, first_response_seconds, review_requested_time, first_review_time, review_turnaround_seconds]
  }
}
