# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/merge_queue_entries.lkml.
view: merge_queue_entries {
  sql_table_name: @{METRICS_DATASET}.merge_queue_entries ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.repository AS STRING), CAST(${TABLE}.pull_request_number AS STRING), CAST(${TABLE}.enqueued_at AS STRING)]) ;;
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

  dimension: base_branch {
    type: string
    description: "Branch that the queue merges into"
    sql: ${TABLE}.base_branch ;;
  }

  dimension_group: enqueued {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When it entered"
    sql: DATETIME(${TABLE}.enqueued_at, '@{TIME_ZONE}') ;;
  }

  dimension_group: left {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When it left: the event dequeued, else the merge; NULL while it waits"
    sql: DATETIME(${TABLE}.left_at, '@{TIME_ZONE}') ;;
  }

  dimension: outcome {
    type: string
    description: "waiting, merged or ejected"
    sql: ${TABLE}.outcome ;;
  }

  dimension: reason {
    type: string
    description: "Why it left, as GitHub says, e.g. MERGE or CI_FAILURE; NULL without an event dequeued"
    sql: ${TABLE}.reason ;;
  }

  dimension: wait_seconds {
    type: number
    description: "From enqueued_at to left_at"
    sql: ${TABLE}.wait_seconds ;;
  }

  dimension: tested_groups {
    type: number
    description: "Groups with it as last pull request whose checks were requested meanwhile"
    sql: ${TABLE}.tested_groups ;;
  }

  dimension: service {
    type: string
    description: "What people call the service; the repository's name if the configuration does not name it"
    sql: ${TABLE}.service ;;
  }

  dimension: team {
    type: string
    description: "Team that owns the service"
    sql: ${TABLE}.team ;;
  }

  set: detail {
    fields: [repository, pull_request_number, base_branch, enqueued_time, left_time, outcome, reason, wait_seconds, tested_groups, service, team]
  }
}
