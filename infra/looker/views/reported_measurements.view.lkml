# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/reported_measurements.lkml.
view: reported_measurements {
  sql_table_name: @{METRICS_DATASET}.reported_measurements ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.event_id AS STRING), CAST(${TABLE}.position AS STRING)]) ;;
  }

  dimension: event_id {
    type: string
    description: "Id of the report's event"
    sql: ${TABLE}.event_id ;;
  }

  dimension: position {
    type: number
    description: "Position in the report, from 0"
    sql: ${TABLE}.position ;;
  }

  dimension: name {
    type: string
    description: "Name of the measurement"
    sql: ${TABLE}.name ;;
  }

  dimension: value {
    type: number
    description: "The number"
    sql: ${TABLE}.value ;;
  }

  dimension: unit {
    type: string
    description: "Its unit; NULL if the report has none"
    sql: ${TABLE}.unit ;;
  }

  dimension_group: measured {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When it was measured"
    sql: DATETIME(${TABLE}.measured_at, '@{TIME_ZONE}') ;;
  }

  set: detail {
    fields: [event_id, position, name, value, unit, measured_time]
  }
}
