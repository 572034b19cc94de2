# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/pull_request_events.lkml.
view: pull_request_events {
  sql_table_name: @{METRICS_DATASET}.pull_request_events ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.event_id AS STRING)]) ;;
  }

  dimension: event_id {
    type: string
    description: "GitHub's id of the delivery"
    sql: ${TABLE}.event_id ;;
  }

  dimension: repository {
    type: string
    description: "owner/name"
    sql: ${TABLE}.repository ;;
  }

  dimension: pull_request_number {
    type: number
    description: "Its number"
    sql: ${TABLE}.pull_request_number ;;
    link: {
      label: "GitHub"
      url: "@{GITHUB_URL}/{{ repository._value }}/pull/{{ value }}"
    }
  }

  dimension: action {
    type: string
    description: "opened, synchronize, ready_for_review, enqueued, …"
    sql: ${TABLE}.action ;;
  }

  dimension_group: happened {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When it happened: the pull request's latest change"
    sql: DATETIME(${TABLE}.happened_at, '@{TIME_ZONE}') ;;
  }

  dimension: actor {
    type: string
    description: "Login of the actor"
    sql: ${TABLE}.actor ;;
  }

  dimension: is_draft {
    type: string
    description: "Whether it was a draft; NULL for events before the field existed, as all below"
    sql: IF(${TABLE}.is_draft, 'yes', IF(NOT ${TABLE}.is_draft, 'no', NULL)) ;;
  }

  dimension: additions {
    type: number
    description: "Added lines"
    sql: ${TABLE}.additions ;;
  }

  dimension: deletions {
    type: number
    description: "Deleted lines"
    sql: ${TABLE}.deletions ;;
  }

  dimension: changed_files {
    type: number
    description: "Changed files"
    sql: ${TABLE}.changed_files ;;
  }

  dimension: commits {
    type: number
    description: "Number of its commits"
    sql: ${TABLE}.commits ;;
  }

  dimension: merged_by {
    type: string
    description: "Login of the person who merged it"
    sql: ${TABLE}.merged_by ;;
  }

  dimension: dequeue_reason {
    type: string
    description: "For dequeued: why it left the merge queue"
    sql: ${TABLE}.dequeue_reason ;;
  }

  set: detail {
    fields: [event_id, repository, pull_request_number, action, happened_time, actor, is_draft, additions, deletions, changed_files, commits, merged_by, dequeue_reason]
  }
}
