# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/periods.lkml.
view: periods {
  sql_table_name: @{METRICS_DATASET}.periods ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.day AS STRING), CAST(${TABLE}.period AS STRING)]) ;;
  }

  dimension_group: day {
    type: time
    timeframes: [raw, date, week, month, quarter]
    datatype: date
    convert_tz: no
    description: "The day"
    sql: ${TABLE}.day ;;
  }

  dimension: period {
    type: string
    description: "day, week, month or quarter"
    sql: ${TABLE}.period ;;
  }

  dimension_group: period_start {
    type: time
    timeframes: [raw, date]
    datatype: date
    convert_tz: no
    description: "First day of the period that the day belongs to; a week begins on Monday"
    sql: ${TABLE}.period_start ;;
  }

  dimension_group: period_end {
    type: time
    timeframes: [raw, date]
    datatype: date
    convert_tz: no
    description: "Last day of that period"
    sql: ${TABLE}.period_end ;;
  }

  dimension: is_over {
    type: yesno
    description: "Whether the period has ended"
    sql: ${TABLE}.is_over ;;
  }

  set: detail {
    fields: [day_date, period, period_start_date, period_end_date, is_over]
  }
}
