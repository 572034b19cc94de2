# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/pull_requests.lkml.
view: pull_requests {
  sql_table_name: product_eng.pull_requests ;;

  dimension: repository {
    type: string
    description: "owner/name of the base repository"
    sql: ${TABLE}.repository ;;
  }

  dimension: number {
    type: number
    description: "Its number in the repository"
    sql: ${TABLE}.number ;;
  }

  dimension: title {
    type: string
    description: "Its title"
    sql: ${TABLE}.title ;;
  }

  dimension: author {
    type: string
    description: "Login of the author"
    sql: ${TABLE}.author ;;
  }

  dimension: state {
    type: string
    description: "open, closed or merged"
    sql: ${TABLE}.state ;;
  }

  dimension: head_branch {
    type: string
    description: "Head branch, which the pull request merges"
    sql: ${TABLE}.head_branch ;;
  }

  dimension: head_sha {
    type: string
    description: "Latest commit of the head branch"
    sql: ${TABLE}.head_sha ;;
  }

  dimension: base_branch {
    type: string
    description: "Base branch, which the pull request is merged into"
    sql: ${TABLE}.base_branch ;;
  }

  dimension: merge_commit_sha {
    type: string
    description: "Merge commit; NULL unless merged, because GitHub sends a test merge until then"
    sql: ${TABLE}.merge_commit_sha ;;
  }

  dimension_group: opened {
    type: time
    timeframes: [raw, time, hour, date, week, month]
    description: "When it was opened"
    sql: ${TABLE}.opened_at ;;
  }

  dimension_group: merged {
    type: time
    timeframes: [raw, time, hour, date, week, month]
    description: "When it was merged"
    sql: ${TABLE}.merged_at ;;
  }

  dimension_group: closed {
    type: time
    timeframes: [raw, time, hour, date, week, month]
    description: "When it was closed, merged or not"
    sql: ${TABLE}.closed_at ;;
  }

  dimension_group: updated {
    type: time
    timeframes: [raw, time, hour, date, week, month]
    description: "Latest known change"
    sql: ${TABLE}.updated_at ;;
  }

  dimension: head_repository {
    type: string
    description: "owner/name of the head branch's repository, a fork's for its pull requests; NULL if it was deleted, and for events before the field existed"
    sql: ${TABLE}.head_repository ;;
  }

  dimension: author_is_bot {
    type: yesno
    description: "Whether GitHub or bots in ci-tooling.yaml says that the author is a bot, or the login ends with [bot]"
    sql: ${TABLE}.author_is_bot ;;
  }

  dimension: labels {
    type: string
    description: "Names of its labels in alphabetical order, joined by a comma and a space; NULL without one"
    sql: ${TABLE}.labels ;;
  }

  dimension: reverts_pull_request {
    type: number
    description: "Number of the pull request that it reverts"
    sql: ${TABLE}.reverts_pull_request ;;
  }

  dimension: reverts_commit {
    type: string
    description: "Commit that it reverts, possibly shortened"
    sql: ${TABLE}.reverts_commit ;;
  }

  dimension: is_revert {
    type: yesno
    description: "Whether it is a revert, also if its text does not say of what"
    sql: ${TABLE}.is_revert ;;
  }
}
