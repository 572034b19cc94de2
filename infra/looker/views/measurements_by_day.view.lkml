# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/measurements_by_day.lkml.
view: measurements_by_day {
  sql_table_name: @{METRICS_DATASET}.measurements_by_day ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.day AS STRING), CAST(${TABLE}.name AS STRING), CAST(${TABLE}.unit AS STRING)]) ;;
  }

  dimension_group: day {
    type: time
    timeframes: [raw, date, week, month, quarter]
    datatype: date
    convert_tz: no
    description: "Day of measuring in the organization's time zone"
    sql: ${TABLE}.day ;;
  }

  dimension: name {
    type: string
    description: "What was measured, in the job's words"
    sql: ${TABLE}.name ;;
  }

  dimension: unit {
    type: string
    description: "Unit as reported; NULL if the report has none"
    sql: ${TABLE}.unit ;;
  }

  dimension: measurements {
    type: number
    description: "Measurements; repeated deliveries count once"
    sql: ${TABLE}.measurements ;;
  }

  dimension: value_min {
    type: number
    description: "Smallest value"
    sql: ${TABLE}.value_min ;;
  }

  dimension: value_average {
    type: number
    description: "Average of the values"
    sql: ${TABLE}.value_average ;;
  }

  dimension: value_p50 {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "Median of the values"
    sql: ${TABLE}.value_p50 ;;
  }

  dimension: value_p90 {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "90th percentile of the values"
    sql: ${TABLE}.value_p90 ;;
  }

  dimension: value_max {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "Largest value"
    sql: ${TABLE}.value_max ;;
  }

  dimension: value_total {
    type: number
    description: "Sum of the values"
    sql: ${TABLE}.value_total ;;
  }

  set: detail {
    fields: [day_date, name, unit, measurements, value_min, value_average, value_total]
  }
}
