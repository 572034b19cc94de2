# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/deployment_attempts.lkml.
view: deployment_attempts {
  sql_table_name: @{METRICS_DATASET}.deployment_attempts ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.app AS STRING), CAST(${TABLE}.environment AS STRING), CAST(${TABLE}.position AS STRING)]) ;;
  }

  dimension: app {
    type: string
    description: "Name of the app"
    sql: ${TABLE}.app ;;
  }

  dimension: environment {
    type: string
    description: "Name of the environment"
    sql: ${TABLE}.environment ;;
  }

  dimension: number {
    type: number
    description: "Number of the deploy"
    sql: ${TABLE}.number ;;
  }

  dimension: attempt {
    type: number
    description: "Number of the attempt under this number, from 1"
    sql: ${TABLE}.attempt ;;
  }

  dimension: position {
    type: number
    description: "Position among the app's deploys to the environment, from 1, ordered by end, then by number"
    sql: ${TABLE}.position ;;
  }

  dimension: status {
    type: string
    description: "finished or failed"
    sql: ${TABLE}.status ;;
  }

  dimension: kind {
    type: string
    description: "change, rollback, redeploy or failure, as above"
    sql: ${TABLE}.kind ;;
  }

  dimension: deployer {
    type: string
    description: "E-mail address or name of the deployer"
    sql: ${TABLE}.deployer ;;
  }

  dimension: ref {
    type: string
    description: "Requested ref, e.g. master"
    sql: ${TABLE}.ref ;;
  }

  dimension: sha {
    type: string
    description: "Deployed commit"
    sql: ${TABLE}.sha ;;
  }

  dimension: previous_sha {
    type: string
    description: "Commit that was live before, according to the sender"
    sql: ${TABLE}.previous_sha ;;
  }

  dimension: link {
    type: string
    description: "Page of the deploy"
    sql: ${TABLE}.link ;;
  }

  dimension_group: queued {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When it was queued"
    sql: DATETIME(${TABLE}.queued_at, '@{TIME_ZONE}') ;;
  }

  dimension_group: started {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When it started"
    sql: DATETIME(${TABLE}.started_at, '@{TIME_ZONE}') ;;
  }

  dimension_group: ended {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When it finished or failed"
    sql: DATETIME(${TABLE}.ended_at, '@{TIME_ZONE}') ;;
  }

  dimension: live_position {
    type: number
    description: "Position at which the sha of a finished deploy first went live; NULL for a failure"
    sql: ${TABLE}.live_position ;;
  }

  dimension: live_position_before {
    type: number
    description: "The same of the deploy that was live before; NULL for the first"
    sql: ${TABLE}.live_position_before ;;
  }

  dimension: change_position {
    type: number
    description: "Position of the last change up to and including this deploy; of a failure, of the change with its sha, NULL if that never went live"
    sql: ${TABLE}.change_position ;;
  }

  dimension: change_position_before {
    type: number
    description: "Position of the last change before this deploy"
    sql: ${TABLE}.change_position_before ;;
  }

  dimension: finished_kind_before {
    type: string
    description: "Kind of the finished deploy before"
    sql: ${TABLE}.finished_kind_before ;;
  }

  dimension: seconds_since_previous {
    type: number
    description: "From the end of the finished deploy before to the end of this one; NULL for a failure and for the first"
    sql: ${TABLE}.seconds_since_previous ;;
  }

  set: detail {
    fields: [app, environment, number, attempt, position, status, kind, deployer, ref, sha, previous_sha, link, queued_time, started_time, ended_time, live_position, live_position_before, change_position, change_position_before, finished_kind_before, seconds_since_previous]
  }
}
