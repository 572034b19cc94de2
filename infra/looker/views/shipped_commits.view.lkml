# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/shipped_commits.lkml.
view: shipped_commits {
  sql_table_name: product_eng.shipped_commits ;;

  dimension: app {
    type: string
    description: "App whose deploy shipped it"
    sql: ${TABLE}.app ;;
  }

  dimension: environment {
    type: string
    description: "Environment of the deploy"
    sql: ${TABLE}.environment ;;
  }

  dimension: deploy_number {
    type: number
    description: "Number of the deploy"
    sql: ${TABLE}.deploy_number ;;
  }

  dimension: position {
    type: number
    description: "Position of the deploy"
    sql: ${TABLE}.position ;;
  }

  dimension_group: deployed {
    type: time
    timeframes: [raw, time, hour, date, week, month]
    description: "When the deploy ended"
    sql: ${TABLE}.deployed_at ;;
  }

  dimension: commit_sha {
    type: string
    description: "The pull request's merge commit, or the commit without one"
    sql: ${TABLE}.commit_sha ;;
  }

  dimension: pull_request_number {
    type: number
    description: "Number of the pull request; NULL for a commit without one"
    sql: ${TABLE}.pull_request_number ;;
  }

  dimension_group: authored {
    type: time
    timeframes: [raw, time, hour, date, week, month]
    description: "When the commit in the deployed repository was authored"
    sql: ${TABLE}.authored_at ;;
  }
}
