# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/main_red_by_day.lkml.
view: main_red_by_day {
  sql_table_name: product_eng.main_red_by_day ;;

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
    timeframes: [raw, date, week, month]
    datatype: date
    convert_tz: no
    description: "UTC day"
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
    description: "red_seconds / observed_seconds, 0 to 1"
    sql: ${TABLE}.red_share ;;
  }
}
