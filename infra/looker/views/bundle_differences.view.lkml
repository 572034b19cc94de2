# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/bundle_differences.lkml.
view: bundle_differences {
  sql_table_name: product_eng.bundle_differences ;;

  dimension: pull_request_number {
    type: number
    description: "The pull request"
    sql: ${TABLE}.pull_request_number ;;
  }

  dimension: commit {
    type: string
    description: "Its latest commit that was built"
    sql: ${TABLE}.commit ;;
  }

  dimension: base_commit {
    type: string
    description: "Commit of the base branch's build in the comparison"
    sql: ${TABLE}.base_commit ;;
  }

  dimension: entrypoint {
    type: string
    description: "webpack's entry point"
    sql: ${TABLE}.entrypoint ;;
  }

  dimension: file {
    type: string
    description: "Name of the asset"
    sql: ${TABLE}.file ;;
  }

  dimension: environment {
    type: string
    description: "Where both were built"
    sql: ${TABLE}.environment ;;
  }

  dimension: node_env {
    type: string
    description: "NODE_ENV of both builds"
    sql: ${TABLE}.node_env ;;
  }

  dimension_group: built {
    type: time
    timeframes: [raw, time, hour, date, week, month]
    description: "When the pull request's build was first reported"
    sql: ${TABLE}.built_at ;;
  }

  dimension: size_bytes {
    type: number
    description: "Bytes with the pull request; NULL if it removes the asset"
    sql: ${TABLE}.size_bytes ;;
  }

  dimension: base_size_bytes {
    type: number
    description: "Bytes in the base branch's build; NULL if the pull request adds the asset"
    sql: ${TABLE}.base_size_bytes ;;
  }

  dimension: difference_bytes {
    type: number
    description: "Bytes that the pull request adds; negative if it saves bytes"
    sql: ${TABLE}.difference_bytes ;;
  }

  dimension: change {
    type: string
    description: "added, removed, changed or unchanged"
    sql: ${TABLE}.change ;;
  }
}
