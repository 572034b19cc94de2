# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/bootstraps.lkml.
view: bootstraps {
  sql_table_name: product_eng.bootstraps ;;

  dimension: username {
    type: string
    description: "Name that the script reported"
    sql: ${TABLE}.username ;;
  }

  dimension_group: started {
    type: time
    timeframes: [raw, time, hour, date, week, month]
    description: "When it started"
    sql: ${TABLE}.started_at ;;
  }

  dimension_group: ended {
    type: time
    timeframes: [raw, time, hour, date, week, month]
    description: "When it ended; NULL if it did not"
    sql: ${TABLE}.ended_at ;;
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
}
