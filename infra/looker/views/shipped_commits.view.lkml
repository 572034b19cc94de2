# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/shipped_commits.lkml.
view: shipped_commits {
  sql_table_name: @{METRICS_DATASET}.shipped_commits ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.app AS STRING), CAST(${TABLE}.environment AS STRING), CAST(${TABLE}.deploy_number AS STRING), CAST(${TABLE}.commit_sha AS STRING)]) ;;
  }

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
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When the deploy ended"
    sql: DATETIME(${TABLE}.deployed_at, '@{TIME_ZONE}') ;;
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
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When the commit in the deployed repository was authored"
    sql: DATETIME(${TABLE}.authored_at, '@{TIME_ZONE}') ;;
  }

  set: detail {
    fields: [app, environment, deploy_number, position, deployed_time, commit_sha, pull_request_number, authored_time]
  }
}
