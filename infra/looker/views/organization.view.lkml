# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/organization.lkml.
view: organization {
  sql_table_name: @{METRICS_DATASET}.organization ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.time_zone AS STRING)]) ;;
  }

  dimension: time_zone {
    type: string
    description: "Time zone in which days, weeks, months and quarters begin"
    sql: ${TABLE}.time_zone ;;
  }

  dimension: hotfix_label_pattern {
    type: string
    description: "Regular expression of a hotfix's labels, which are joined by a comma and a space; NULL matches none"
    sql: ${TABLE}.hotfix_label_pattern ;;
  }

  dimension: hotfix_title_pattern {
    type: string
    description: "Regular expression of a hotfix's title"
    sql: ${TABLE}.hotfix_title_pattern ;;
  }

  dimension: hotfix_branch_pattern {
    type: string
    description: "Regular expression of a hotfix's branch"
    sql: ${TABLE}.hotfix_branch_pattern ;;
  }

  dimension: revert_window_hours {
    type: number
    description: "A revert that is merged later than this after the deploy does not make the change a failure"
    sql: ${TABLE}.revert_window_hours ;;
  }

  set: detail {
    fields: [time_zone, hotfix_label_pattern, hotfix_title_pattern, hotfix_branch_pattern, revert_window_hours]
  }
}
