# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/main_red_by_day.lkml.
view: main_red_by_day {
  sql_table_name: @{METRICS_DATASET}.main_red_by_day ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.repository AS STRING), CAST(${TABLE}.check_name AS STRING), CAST(${TABLE}.day AS STRING)]) ;;
  }

  dimension: repository {
    type: string
    description: "owner/name"
    sql: ${TABLE}.repository ;;
  }

  dimension: check_name {
    type: string
    description: "The check's name"
    sql: ${TABLE}.check_name ;;
  }

  dimension_group: day {
    type: time
    timeframes: [raw, date, week, month, quarter]
    datatype: date
    convert_tz: no
    description: "Day"
    sql: ${TABLE}.day ;;
  }

  dimension: red_periods {
    type: number
    description: "Red periods that overlap the day"
    sql: ${TABLE}.red_periods ;;
  }

  dimension: red_seconds {
    type: number
    description: "Seconds of the day during which the check was red"
    sql: ${TABLE}.red_seconds ;;
  }

  dimension: observed_seconds {
    type: number
    description: "Observed seconds of the day: 24 hours, without the time before the first verdict and the rest of today"
    sql: ${TABLE}.observed_seconds ;;
  }

  dimension: red_share {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "red_seconds / observed_seconds, 0 to 1"
    sql: ${TABLE}.red_share ;;
  }

  set: detail {
    fields: [repository, check_name, day_date, red_periods, red_seconds, observed_seconds]
  }
}
