# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/merge_group_events.lkml.
view: merge_group_events {
  sql_table_name: @{METRICS_DATASET}.merge_group_events ;;

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

  dimension: action {
    type: string
    description: "checks_requested or destroyed"
    sql: ${TABLE}.action ;;
  }

  dimension: pull_request_number {
    type: number
    description: "Number of the group's last pull request"
    sql: ${TABLE}.pull_request_number ;;
    link: {
      label: "GitHub"
      url: "@{GITHUB_URL}/{{ repository._value }}/pull/{{ value }}"
    }
  }

  dimension: head_sha {
    type: string
    description: "Commit that the queue tests"
    sql: ${TABLE}.head_sha ;;
    link: {
      label: "GitHub"
      url: "@{GITHUB_URL}/{{ repository._value }}/commit/{{ value }}"
    }
  }

  dimension: base_branch {
    type: string
    description: "Branch that the queue merges into"
    sql: ${TABLE}.base_branch ;;
  }

  dimension: reason {
    type: string
    description: "For destroyed: merged, invalidated or dequeued"
    sql: ${TABLE}.reason ;;
  }

  dimension_group: happened {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When the checks were requested, or the group's end was received"
    sql: DATETIME(${TABLE}.happened_at, '@{TIME_ZONE}') ;;
  }

  set: detail {
    fields: [event_id, repository, action, pull_request_number, head_sha, base_branch, reason, happened_time]
  }
}
