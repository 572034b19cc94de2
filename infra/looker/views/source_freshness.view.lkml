# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/source_freshness.lkml.
view: source_freshness {
  sql_table_name: @{METRICS_DATASET}.source_freshness ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.source AS STRING)]) ;;
  }

  dimension: source {
    type: string
    description: "github, slack, freight, …"
    sql: ${TABLE}.source ;;
  }

  dimension_group: last_event {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "Minute of its last accepted event"
    sql: DATETIME(${TABLE}.last_event_at, '@{TIME_ZONE}') ;;
  }

  dimension: seconds_since_last_event {
    type: number
    description: "From then to now"
    sql: ${TABLE}.seconds_since_last_event ;;
  }

  dimension: events_of_day {
    type: number
    description: "Events of the last 24 hours"
    sql: ${TABLE}.events_of_day ;;
  }

  dimension: events_of_week {
    type: number
    description: "Events of the last 7 days"
    sql: ${TABLE}.events_of_week ;;
  }

  set: detail {
    fields: [source, last_event_time, seconds_since_last_event, events_of_day, events_of_week]
  }
}
