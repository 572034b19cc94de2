# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/review_load_by_period.lkml.
view: review_load_by_period {
  sql_table_name: @{METRICS_DATASET}.review_load_by_period ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.repository AS STRING), CAST(${TABLE}.reviewer AS STRING), CAST(${TABLE}.period AS STRING), CAST(${TABLE}.period_start AS STRING)]) ;;
  }

  dimension: repository {
    type: string
    description: "owner/name"
    sql: ${TABLE}.repository ;;
  }

  dimension: reviewer {
    type: string
    description: "Login of the reviewer"
    sql: ${TABLE}.reviewer ;;
  }

  dimension: period {
    type: string
    description: "day, week, month or quarter. Filter on one: otherwise everything is counted four times"
    sql: ${TABLE}.period ;;
  }

  dimension_group: period_start {
    type: time
    timeframes: [raw, date]
    datatype: date
    convert_tz: no
    description: "First day of the period, in the organization's time zone"
    sql: ${TABLE}.period_start ;;
  }

  dimension: is_partial {
    type: yesno
    description: "Whether the period is not over"
    sql: ${TABLE}.is_partial ;;
  }

  dimension: reviews {
    type: number
    description: "Submitted reviews"
    sql: ${TABLE}.reviews ;;
  }

  dimension: pull_requests {
    type: number
    description: "Pull requests that they are of"
    sql: ${TABLE}.pull_requests ;;
  }

  dimension: approvals {
    type: number
    description: "Reviews that approved"
    sql: ${TABLE}.approvals ;;
  }

  dimension: requests_for_changes {
    type: number
    description: "Reviews that requested changes"
    sql: ${TABLE}.requests_for_changes ;;
  }

  dimension: service {
    type: string
    description: "What people call the service; the repository's name if the configuration does not name it"
    sql: ${TABLE}.service ;;
  }

  dimension: team {
    type: string
    description: "Team that owns the service"
    sql: ${TABLE}.team ;;
  }

  set: detail {
    fields: [repository, reviewer, period, period_start_date, is_partial, reviews, pull_requests, approvals, requests_for_changes, service, team]
  }
}
