# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/open_pull_requests.lkml.
view: open_pull_requests {
  sql_table_name: @{METRICS_DATASET}.open_pull_requests ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.repository AS STRING), CAST(${TABLE}.number AS STRING)]) ;;
  }

  dimension: repository {
    type: string
    description: "owner/name"
    sql: ${TABLE}.repository ;;
  }

  dimension: number {
    type: number
    description: "Its number"
    sql: ${TABLE}.number ;;
    link: {
      label: "GitHub"
      url: "@{GITHUB_URL}/{{ repository._value }}/pull/{{ value }}"
    }
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

  dimension: author_is_bot {
    type: yesno
    description: "Whether the author is a bot"
    sql: ${TABLE}.author_is_bot ;;
  }

  dimension: is_draft {
    type: yesno
    description: "Whether it is a draft; FALSE if unknown"
    sql: ${TABLE}.is_draft ;;
  }

  dimension: waits_for {
    type: string
    description: "draft; author: a reviewer's latest verdict requests changes; merge: one approves and none requests changes; review: otherwise"
    sql: ${TABLE}.waits_for ;;
  }

  dimension_group: opened {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When it was opened"
    sql: DATETIME(${TABLE}.opened_at, '@{TIME_ZONE}') ;;
  }

  dimension_group: active {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "Its latest known change or review"
    sql: DATETIME(${TABLE}.active_at, '@{TIME_ZONE}') ;;
  }

  dimension: age_seconds {
    type: number
    description: "From opened_at to now"
    sql: ${TABLE}.age_seconds ;;
  }

  dimension: idle_seconds {
    type: number
    description: "From active_at to now"
    sql: ${TABLE}.idle_seconds ;;
  }

  dimension: age_group {
    type: string
    description: "Age in five groups, which sort by their first digit"
    sql: ${TABLE}.age_group ;;
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
    fields: [repository, number, title, author, author_is_bot, is_draft, waits_for, opened_time, active_time, age_seconds, idle_seconds, age_group, service, team]
  }
}
