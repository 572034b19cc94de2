# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/required_checks.lkml.
view: required_checks {
  sql_table_name: product_eng.required_checks ;;

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
}
