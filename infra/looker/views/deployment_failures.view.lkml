# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/deployment_failures.lkml.
view: deployment_failures {
  sql_table_name: @{METRICS_DATASET}.deployment_failures ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.app AS STRING), CAST(${TABLE}.environment AS STRING), CAST(${TABLE}.cause AS STRING), CAST(${TABLE}.failed_at AS STRING), CAST(${TABLE}.failed_number AS STRING)]) ;;
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

  dimension: cause {
    type: string
    description: "rollback, revert, hotfix, incident or failed_deploy"
    sql: ${TABLE}.cause ;;
  }

  dimension: change_number {
    type: number
    description: "Number of the change that failed or was attempted; NULL if the attempted sha never went live"
    sql: ${TABLE}.change_number ;;
  }

  dimension: failed_number {
    type: number
    description: "Number of the change that failed, or of the first failed attempt"
    sql: ${TABLE}.failed_number ;;
  }

  dimension_group: failed {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When the failed change first went live, or the first failed attempt ended"
    sql: DATETIME(${TABLE}.failed_at, '@{TIME_ZONE}') ;;
  }

  dimension: recovered_number {
    type: number
    description: "Number of the last of the consecutive rollbacks, of the revert or hotfix, or of the next finished deploy; NULL before it"
    sql: ${TABLE}.recovered_number ;;
  }

  dimension_group: recovered {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When that deploy ended, or the incident was resolved"
    sql: DATETIME(${TABLE}.recovered_at, '@{TIME_ZONE}') ;;
  }

  dimension: recovery_seconds {
    type: number
    description: "From failed_at to recovered_at"
    sql: ${TABLE}.recovery_seconds ;;
  }

  dimension: service {
    type: string
    description: "What people call the service; the app if the configuration does not name it"
    sql: ${TABLE}.service ;;
  }

  dimension: team {
    type: string
    description: "Team that owns the service"
    sql: ${TABLE}.team ;;
  }

  dimension_group: earliest_failed {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When the failure can have begun at the earliest: after a rollback over several changes, when the first of them went live; failed_at otherwise"
    sql: DATETIME(${TABLE}.earliest_failed_at, '@{TIME_ZONE}') ;;
  }

  set: detail {
    fields: [app, environment, cause, change_number, failed_number, failed_time, recovered_number, recovered_time, recovery_seconds, service, team, earliest_failed_time]
  }
}
