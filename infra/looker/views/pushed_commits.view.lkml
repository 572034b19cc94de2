# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/pushed_commits.lkml.
view: pushed_commits {
  sql_table_name: @{METRICS_DATASET}.pushed_commits ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.repository AS STRING), CAST(${TABLE}.branch AS STRING), CAST(${TABLE}.sha AS STRING)]) ;;
  }

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
    link: {
      label: "GitHub"
      url: "@{GITHUB_URL}/{{ repository._value }}/commit/{{ value }}"
    }
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
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When it was authored, by the author's clock"
    sql: DATETIME(${TABLE}.authored_at, '@{TIME_ZONE}') ;;
  }

  dimension_group: pushed {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When it was first pushed to the branch"
    sql: DATETIME(${TABLE}.pushed_at, '@{TIME_ZONE}') ;;
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

  set: detail {
    fields: [repository, branch, sha, author, title, reverts_commit, authored_time, pushed_time, is_default_branch, is_distinct]
  }
}
