# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/pushed_commits.lkml.
view: pushed_commits {
  sql_table_name: product_eng.pushed_commits ;;

  dimension: repository {
    type: string
    description: "owner/name"
    sql: ${TABLE}.repository ;;
  }

  dimension: branch {
    type: string
    description: "Branch that was pushed"
    sql: ${TABLE}.branch ;;
  }

  dimension: sha {
    type: string
    description: "The commit"
    sql: ${TABLE}.sha ;;
  }

  dimension: author {
    type: string
    description: "Login of the author; NULL if GitHub does not know it"
    sql: ${TABLE}.author ;;
  }

  dimension: title {
    type: string
    description: "First line of the commit's message"
    sql: ${TABLE}.title ;;
  }

  dimension: reverts_commit {
    type: string
    description: "Commit that it reverts, possibly shortened; NULL for a revert of a revert, which brings a change back"
    sql: ${TABLE}.reverts_commit ;;
  }

  dimension_group: authored {
    type: time
    timeframes: [raw, time, hour, date, week, month]
    description: "When it was authored, by the author's clock"
    sql: ${TABLE}.authored_at ;;
  }

  dimension_group: pushed {
    type: time
    timeframes: [raw, time, hour, date, week, month]
    description: "When it was first pushed to the branch"
    sql: ${TABLE}.pushed_at ;;
  }

  dimension: is_default_branch {
    type: yesno
    description: "Whether the branch is the repository's default branch"
    sql: ${TABLE}.is_default_branch ;;
  }

  dimension: is_distinct {
    type: yesno
    description: "Whether no other branch had the commit when it was pushed"
    sql: ${TABLE}.is_distinct ;;
  }
}
