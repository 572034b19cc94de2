# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/deployment_failures.lkml.
view: deployment_failures {
  sql_table_name: product_eng.deployment_failures ;;

  dimension: app {
    type: string
    description: "Freight's name of the app"
    sql: ${TABLE}.app ;;
  }

  dimension: environment {
    type: string
    description: "Freight's name of the environment"
    sql: ${TABLE}.environment ;;
  }

  dimension: cause {
    type: string
    description: "failed_deploy or rollback"
    sql: ${TABLE}.cause ;;
  }

  dimension: change_number {
    type: number
    description: "Number of the change that the failure is attributed to; NULL before the first change"
    sql: ${TABLE}.change_number ;;
  }

  dimension: failed_number {
    type: number
    description: "Number of the first failed deploy, or of the deploy that was rolled back"
    sql: ${TABLE}.failed_number ;;
  }

  dimension_group: failed {
    type: time
    timeframes: [raw, time, hour, date, week, month]
    description: "When the first failed deploy ended, or the one that was rolled back went live"
    sql: ${TABLE}.failed_at ;;
  }

  dimension: recovered_number {
    type: number
    description: "Number of the next finished deploy, or of the rollback; NULL before it"
    sql: ${TABLE}.recovered_number ;;
  }

  dimension_group: recovered {
    type: time
    timeframes: [raw, time, hour, date, week, month]
    description: "When that deploy ended"
    sql: ${TABLE}.recovered_at ;;
  }

  dimension: recovery_seconds {
    type: number
    description: "From failed_at to recovered_at"
    sql: ${TABLE}.recovery_seconds ;;
  }
}
