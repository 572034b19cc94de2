# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/change_remedies.lkml.
view: change_remedies {
  sql_table_name: @{METRICS_DATASET}.change_remedies ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.app AS STRING), CAST(${TABLE}.environment AS STRING), CAST(${TABLE}.position AS STRING), CAST(${TABLE}.reason AS STRING), CAST(${TABLE}.rule AS STRING), CAST(${TABLE}.repository AS STRING), CAST(${TABLE}.pull_request_number AS STRING), CAST(${TABLE}.commit_sha AS STRING), CAST(${TABLE}.recovered_position AS STRING), CAST(${TABLE}.incident AS STRING)]) ;;
  }

  dimension: app {
    type: string
    description: "Name of the app"
    sql: ${TABLE}.app ;;
  }

  dimension: environment {
    type: string
    description: "Name of the environment"
    sql: ${TABLE}.environment ;;
  }

  dimension: position {
    type: number
    description: "Position of the change that failed"
    sql: ${TABLE}.position ;;
  }

  dimension: change_number {
    type: number
    description: "Number of its deploy"
    sql: ${TABLE}.change_number ;;
  }

  dimension: reason {
    type: string
    description: "rollback, revert, hotfix or incident, as above"
    sql: ${TABLE}.reason ;;
  }

  dimension: rule {
    type: string
    description: "What was found: rollback, reverts_pull_request, reverts_commit; for a hotfix: label, title, branch or ref; for an incident: its link_reason"
    sql: ${TABLE}.rule ;;
  }

  dimension: repository {
    type: string
    description: "owner/name of the pull request or commit that shows it; NULL for a rollback"
    sql: ${TABLE}.repository ;;
  }

  dimension: pull_request_number {
    type: number
    description: "Number of the pull request that shows it"
    sql: ${TABLE}.pull_request_number ;;
    link: {
      label: "GitHub"
      url: "@{GITHUB_URL}/{{ repository._value }}/pull/{{ value }}"
    }
  }

  dimension: commit_sha {
    type: string
    description: "Its merge commit, or the commit without a pull request that shows it"
    sql: ${TABLE}.commit_sha ;;
    link: {
      label: "GitHub"
      url: "@{GITHUB_URL}/{{ repository._value }}/commit/{{ value }}"
    }
  }

  dimension: failure_position {
    type: number
    description: "Position of the change whose failure it was: of consecutive rollbacks, the change that was live before the first"
    sql: ${TABLE}.failure_position ;;
  }

  dimension_group: failed {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When the change first went live"
    sql: DATETIME(${TABLE}.failed_at, '@{TIME_ZONE}') ;;
  }

  dimension: recovered_position {
    type: number
    description: "Position of the deploy that ended the failure; NULL before it"
    sql: ${TABLE}.recovered_position ;;
  }

  dimension: recovered_number {
    type: number
    description: "Number of that deploy"
    sql: ${TABLE}.recovered_number ;;
  }

  dimension_group: recovered {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When that deploy ended, or the incident was resolved"
    sql: DATETIME(${TABLE}.recovered_at, '@{TIME_ZONE}') ;;
  }

  dimension: is_reason {
    type: yesno
    description: "Whether it is the change's reason: the first of its signs to end the failure"
    sql: ${TABLE}.is_reason ;;
  }

  dimension: incident {
    type: string
    description: "Source and id of the incident; NULL for other reasons"
    sql: ${TABLE}.incident ;;
  }

  set: detail {
    fields: [app, environment, position, change_number, reason, rule, repository, pull_request_number, commit_sha, failure_position, failed_time, recovered_position, recovered_number, recovered_time, is_reason, incident]
  }
}
