# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/deploys.lkml.
view: deploys {
  sql_table_name: product_eng.deploys ;;

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

  dimension: number {
    type: number
    description: "Freight's number of the deploy, counted per app and environment"
    sql: ${TABLE}.number ;;
  }

  dimension: is_production {
    type: yesno
    description: "Whether the environment is the one configured as production"
    sql: ${TABLE}.is_production ;;
  }

  dimension: status {
    type: string
    description: "Latest known status: queued, started, finished, failed or canceled"
    sql: ${TABLE}.status ;;
  }

  dimension: deployer {
    type: string
    description: "E-mail address or name of the deployer; NULL if Freight sent none"
    sql: ${TABLE}.deployer ;;
  }

  dimension: ref {
    type: string
    description: "Requested ref, e.g. master"
    sql: ${TABLE}.ref ;;
  }

  dimension: sha {
    type: string
    description: "Deployed commit"
    sql: ${TABLE}.sha ;;
  }

  dimension: previous_sha {
    type: string
    description: "Commit that was live before, according to Freight"
    sql: ${TABLE}.previous_sha ;;
  }

  dimension: link {
    type: string
    description: "Freight's page of the deploy"
    sql: ${TABLE}.link ;;
  }

  dimension_group: queued {
    type: time
    timeframes: [raw, time, hour, date, week, month]
    description: "When it was queued"
    sql: ${TABLE}.queued_at ;;
  }

  dimension_group: started {
    type: time
    timeframes: [raw, time, hour, date, week, month]
    description: "When it started; NULL while it waits, and if it was canceled before its start"
    sql: ${TABLE}.started_at ;;
  }

  dimension_group: ended {
    type: time
    timeframes: [raw, time, hour, date, week, month]
    description: "When it finished, failed or was canceled"
    sql: ${TABLE}.ended_at ;;
  }

  dimension: queue_seconds {
    type: number
    description: "From queueing to start; NULL if negative"
    sql: ${TABLE}.queue_seconds ;;
  }

  dimension: run_seconds {
    type: number
    description: "From start to end; NULL if negative"
    sql: ${TABLE}.run_seconds ;;
  }

  dimension: total_seconds {
    type: number
    description: "From queueing to end; NULL if negative"
    sql: ${TABLE}.total_seconds ;;
  }

  dimension: attempt {
    type: number
    description: "Number of the attempt under this deploy's number, from 1"
    sql: ${TABLE}.attempt ;;
  }
}
