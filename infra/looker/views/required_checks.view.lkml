# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/required_checks.lkml.
view: required_checks {
  sql_table_name: @{METRICS_DATASET}.required_checks ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.repository AS STRING), CAST(${TABLE}.check_name AS STRING)]) ;;
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

  set: detail {
    fields: [repository, check_name]
  }
}
