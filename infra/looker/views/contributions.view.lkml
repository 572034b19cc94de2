# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/contributions.lkml.
view: contributions {
  sql_table_name: open_source.contributions ;;

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
    description: "Login of who opened it; NULL where the opening was not seen"
    sql: ${TABLE}.author ;;
  }

  dimension: author_type {
    type: string
    description: "bot, internal or external, when it was opened"
    sql: ${TABLE}.author_type ;;
  }

  dimension: state {
    type: string
    description: "open, closed or merged"
    sql: ${TABLE}.state ;;
  }

  dimension_group: opened {
    type: time
    timeframes: [raw, time, hour, date, week, month]
    description: "When it was opened, also where that was not seen"
    sql: ${TABLE}.opened_at ;;
  }

  dimension_group: closed {
    type: time
    timeframes: [raw, time, hour, date, week, month]
    description: "When it was last closed or merged; NULL if it was opened again"
    sql: ${TABLE}.closed_at ;;
  }

  dimension_group: merged {
    type: time
    timeframes: [raw, time, hour, date, week, month]
    description: "When it was merged"
    sql: ${TABLE}.merged_at ;;
  }

  dimension_group: first_response {
    type: time
    timeframes: [raw, time, hour, date, week, month]
    description: "The first comment or review by somebody internal other than the author. Labels, assignments and closing are no response"
    sql: ${TABLE}.first_response_at ;;
  }

  dimension: first_response_seconds {
    type: number
    description: "From opened_at to then; NULL while there is none"
    sql: ${TABLE}.first_response_seconds ;;
  }

  dimension_group: review_requested {
    type: time
    timeframes: [raw, time, hour, date, week, month]
    description: "When a review was first asked for"
    sql: ${TABLE}.review_requested_at ;;
  }

  dimension_group: first_review {
    type: time
    timeframes: [raw, time, hour, date, week, month]
    description: "The first review after that (after opening, if none was asked for) by somebody other than the author and no bot"
    sql: ${TABLE}.first_review_at ;;
  }

  dimension: review_turnaround_seconds {
    type: number
    description: "From review_requested_at, or opened_at, to first_review_at"
    sql: ${TABLE}.review_turnaround_seconds ;;
  }
}
