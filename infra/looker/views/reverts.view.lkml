# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/reverts.lkml.
view: reverts {
  sql_table_name: product_eng.reverts ;;

  dimension: repository {
    type: string
    description: "owner/name"
    sql: ${TABLE}.repository ;;
  }

  dimension: pull_request_number {
    type: number
    description: "Number of the reverting pull request; NULL for a commit without one"
    sql: ${TABLE}.pull_request_number ;;
  }

  dimension: commit_sha {
    type: string
    description: "Its merge commit, or the commit"
    sql: ${TABLE}.commit_sha ;;
  }

  dimension_group: reverted {
    type: time
    timeframes: [raw, time, hour, date, week, month]
    description: "When it was merged or pushed"
    sql: ${TABLE}.reverted_at ;;
  }

  dimension: reverts_pull_request {
    type: number
    description: "Number of the reverted pull request"
    sql: ${TABLE}.reverts_pull_request ;;
  }

  dimension: reverts_commit {
    type: string
    description: "The reverted commit, possibly shortened"
    sql: ${TABLE}.reverts_commit ;;
  }
}
