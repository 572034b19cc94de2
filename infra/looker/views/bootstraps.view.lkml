# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/bootstraps.lkml.
view: bootstraps {
  sql_table_name: @{METRICS_DATASET}.bootstraps ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.username AS STRING), CAST(${TABLE}.started_at AS STRING)]) ;;
  }

  dimension: username {
    type: string
    description: "Name that the script reported"
    sql: ${TABLE}.username ;;
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
    description: "When it ended; NULL if it did not"
    sql: DATETIME(${TABLE}.ended_at, '@{TIME_ZONE}') ;;
  }

  dimension: status {
    type: string
    description: "ended; never_ended: the same person started again, or no report came for 24 hours; running: otherwise. A later end still ends it"
    sql: ${TABLE}.status ;;
  }

  dimension: duration_seconds {
    type: number
    description: "From started_at to ended_at"
    sql: ${TABLE}.duration_seconds ;;
  }

  set: detail {
    fields: [username, started_time, ended_time, status, duration_seconds]
  }
}
