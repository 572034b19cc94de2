# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/events_by_minute.lkml.
view: events_by_minute {
  sql_table_name: @{METRICS_DATASET}.events_by_minute ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.source AS STRING), CAST(${TABLE}.minute AS STRING)]) ;;
  }

  dimension: source {
    type: string
    description: "Source of the events: github, slack, freight, …"
    sql: ${TABLE}.source ;;
  }

  dimension_group: accepted {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "The minute of acceptance"
    sql: DATETIME(${TABLE}.minute, '@{TIME_ZONE}') ;;
  }

  dimension: events {
    type: number
    description: "Events; repeated deliveries count once"
    sql: ${TABLE}.events ;;
  }

  dimension: delay_seconds_p50 {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "Median time from the event at the sender to acceptance. 0 for webpack and bootstrap-dev-env, unless the report contains a time; negative if the sender's clock is ahead; without events older than three days, which are history that was sent later"
    sql: ${TABLE}.delay_seconds_p50 ;;
  }

  dimension: delay_seconds_p90 {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "90th percentile of the same"
    sql: ${TABLE}.delay_seconds_p90 ;;
  }

  dimension: delay_seconds_max {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "Longest time of the same"
    sql: ${TABLE}.delay_seconds_max ;;
  }

  set: detail {
    fields: [source, accepted_time, events]
  }
}
