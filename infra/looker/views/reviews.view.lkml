# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/reviews.lkml.
view: reviews {
  sql_table_name: product_eng.reviews ;;

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
    timeframes: [raw, time, hour, date, week, month]
    description: "When it was submitted"
    sql: ${TABLE}.submitted_at ;;
  }
}
