# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/main_red_periods.lkml.
view: main_red_periods {
  sql_table_name: product_eng.main_red_periods ;;

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

  dimension: broken_by_sha {
    type: string
    description: "The commit whose run failed first"
    sql: ${TABLE}.broken_by_sha ;;
  }

  dimension: fixed_by_sha {
    type: string
    description: "The commit whose run passed; NULL while the check is red, and if it was abandoned"
    sql: ${TABLE}.fixed_by_sha ;;
  }

  dimension: failed_runs {
    type: number
    description: "Failing verdicts in the period"
    sql: ${TABLE}.failed_runs ;;
  }

  dimension_group: red_from {
    type: time
    timeframes: [raw, time, hour, date, week, month]
    description: "When the first failing verdict came, at the latest when it was accepted: a sender's clock may be ahead"
    sql: ${TABLE}.red_from ;;
  }

  dimension_group: red_until {
    type: time
    timeframes: [raw, time, hour, date, week, month]
    description: "When the passing verdict came, or when the check was abandoned; NULL while it is red"
    sql: ${TABLE}.red_until ;;
  }

  dimension: red_seconds {
    type: number
    description: "From red_from to red_until, or to now"
    sql: ${TABLE}.red_seconds ;;
  }

  dimension: is_abandoned {
    type: yesno
    description: "Whether the check no longer runs, and never passed again"
    sql: ${TABLE}.is_abandoned ;;
  }
}
