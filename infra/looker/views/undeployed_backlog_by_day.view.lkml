# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/undeployed_backlog_by_day.lkml.
view: undeployed_backlog_by_day {
  sql_table_name: @{METRICS_DATASET}.undeployed_backlog_by_day ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.app AS STRING), CAST(${TABLE}.environment AS STRING), CAST(${TABLE}.day AS STRING)]) ;;
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

  dimension_group: day {
    type: time
    timeframes: [raw, date, week, month, quarter]
    datatype: date
    convert_tz: no
    description: "Day in the organization's time zone"
    sql: ${TABLE}.day ;;
  }

  dimension: undeployed_pull_requests {
    type: number
    description: "Pull requests merged and not in production when the day ended; today: now"
    sql: ${TABLE}.undeployed_pull_requests ;;
  }

  dimension_group: oldest_merged {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When the oldest of them was merged; NULL if there is none"
    sql: DATETIME(${TABLE}.oldest_merged_at, '@{TIME_ZONE}') ;;
  }

  dimension: oldest_age_seconds {
    type: number
    description: "From oldest_merged_at to the end of the day; today: to now"
    sql: ${TABLE}.oldest_age_seconds ;;
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

  set: detail {
    fields: [app, environment, day_date, undeployed_pull_requests, oldest_merged_time, oldest_age_seconds, service, team]
  }
}
