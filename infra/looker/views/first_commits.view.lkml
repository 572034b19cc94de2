# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/first_commits.lkml.
view: first_commits {
  sql_table_name: product_eng.first_commits ;;

  dimension: repository {
    type: string
    description: "owner/name"
    sql: ${TABLE}.repository ;;
  }

  dimension: number {
    type: number
    description: "Its number"
    sql: ${TABLE}.number ;;
  }

  dimension_group: authored {
    type: time
    timeframes: [raw, time, hour, date, week, month]
    description: "When its first commit was authored, as for lead_times"
    sql: ${TABLE}.authored_at ;;
  }
}
