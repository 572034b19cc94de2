# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/check_commits.lkml.
view: check_commits {
  sql_table_name: product_eng.check_commits ;;

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

  dimension: branch_kind {
    type: string
    description: "main, pull_request or other"
    sql: ${TABLE}.branch_kind ;;
  }

  dimension: head_sha {
    type: string
    description: "The commit"
    sql: ${TABLE}.head_sha ;;
  }

  dimension: runs {
    type: number
    description: "Runs with a verdict"
    sql: ${TABLE}.runs ;;
  }

  dimension: passed {
    type: number
    description: "Runs that passed"
    sql: ${TABLE}.passed ;;
  }

  dimension: failed {
    type: number
    description: "Runs that failed"
    sql: ${TABLE}.failed ;;
  }

  dimension_group: first_completed {
    type: time
    timeframes: [raw, time, hour, date, week, month]
    description: "When the first verdict came"
    sql: ${TABLE}.first_completed_at ;;
  }

  dimension: is_flaky {
    type: yesno
    description: "Whether a run passed that started after another had failed on the same commit and in the same suite, so that the code was not the cause. A failure after a pass alone does not count, and neither does a job of the same name in another workflow. A check that reads the title or description of a pull request may fail and pass without being flaky: leave it out"
    sql: ${TABLE}.is_flaky ;;
  }
}
