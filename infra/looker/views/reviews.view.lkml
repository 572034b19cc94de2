# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/reviews.lkml.
view: reviews {
  sql_table_name: @{METRICS_DATASET}.reviews ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.repository AS STRING), CAST(${TABLE}.review_id AS STRING)]) ;;
  }

  dimension: repository {
    type: string
    description: "owner/name"
    sql: ${TABLE}.repository ;;
  }

  dimension: review_id {
    type: number
    description: "GitHub's id of the review"
    sql: ${TABLE}.review_id ;;
  }

  dimension: pull_request_number {
    type: number
    description: "Number of the pull request"
    sql: ${TABLE}.pull_request_number ;;
    link: {
      label: "GitHub"
      url: "@{GITHUB_URL}/{{ repository._value }}/pull/{{ value }}"
    }
  }

  dimension: pull_request_author {
    type: string
    description: "Login of the pull request's author"
    sql: ${TABLE}.pull_request_author ;;
  }

  dimension: author {
    type: string
    description: "Login of the reviewer"
    sql: ${TABLE}.author ;;
  }

  dimension: author_is_bot {
    type: yesno
    description: "Whether the reviewer is a bot"
    sql: ${TABLE}.author_is_bot ;;
  }

  dimension: state {
    type: string
    description: "approved, changes_requested, commented or dismissed"
    sql: ${TABLE}.state ;;
  }

  dimension_group: submitted {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When it was submitted"
    sql: DATETIME(${TABLE}.submitted_at, '@{TIME_ZONE}') ;;
  }

  dimension: commit_sha {
    type: string
    description: "Reviewed commit; NULL for events without a payload"
    sql: ${TABLE}.commit_sha ;;
    link: {
      label: "GitHub"
      url: "@{GITHUB_URL}/{{ repository._value }}/commit/{{ value }}"
    }
  }

  set: detail {
    fields: [repository, review_id, pull_request_number, pull_request_author, author, author_is_bot, state, submitted_time, commit_sha]
  }
}
