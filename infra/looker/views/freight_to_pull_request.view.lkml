# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/freight_to_pull_request.lkml.
view: freight_to_pull_request {
  sql_table_name: @{METRICS_DATASET}.freight_to_pull_request ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.event_id AS STRING), CAST(${TABLE}.commit_sha AS STRING), CAST(${TABLE}.pull_request_number AS STRING)]) ;;
  }

  dimension: deploy_id {
    type: number
    description: "Freight's number of the deploy"
    sql: ${TABLE}.deploy_id ;;
  }

  dimension: pull_request_number {
    type: number
    description: "Number of the pull request, in the upstream or the deployed repository; NULL for a commit without one"
    sql: ${TABLE}.pull_request_number ;;
  }

  dimension: commit_sha {
    type: string
    description: "The pull request's merge commit, or the commit without a pull request"
    sql: ${TABLE}.commit_sha ;;
  }

  dimension_group: authored {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When the author of the commit in the deployed repository wrote it"
    sql: DATETIME(${TABLE}.authored_at, '@{TIME_ZONE}') ;;
  }

  dimension: event_id {
    type: string
    description: "Id of the source event; repeated deliveries have the same id"
    sql: ${TABLE}.event_id ;;
  }

  dimension_group: received {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When the event was accepted"
    sql: DATETIME(${TABLE}.received_at, '@{TIME_ZONE}') ;;
  }

  set: detail {
    fields: [deploy_id, pull_request_number, commit_sha, authored_time, event_id, received_time]
  }
}
