# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/reverts.lkml.
view: reverts {
  sql_table_name: @{METRICS_DATASET}.reverts ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.repository AS STRING), CAST(${TABLE}.pull_request_number AS STRING), CAST(${TABLE}.commit_sha AS STRING)]) ;;
  }

  dimension: repository {
    type: string
    description: "owner/name"
    sql: ${TABLE}.repository ;;
  }

  dimension: pull_request_number {
    type: number
    description: "Number of the reverting pull request; NULL for a commit without one"
    sql: ${TABLE}.pull_request_number ;;
    link: {
      label: "GitHub"
      url: "@{GITHUB_URL}/{{ repository._value }}/pull/{{ value }}"
    }
  }

  dimension: commit_sha {
    type: string
    description: "Its merge commit, or the commit"
    sql: ${TABLE}.commit_sha ;;
    link: {
      label: "GitHub"
      url: "@{GITHUB_URL}/{{ repository._value }}/commit/{{ value }}"
    }
  }

  dimension_group: reverted {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When it was merged or pushed"
    sql: DATETIME(${TABLE}.reverted_at, '@{TIME_ZONE}') ;;
  }

  dimension: reverts_pull_request {
    type: number
    description: "Number of the reverted pull request"
    sql: ${TABLE}.reverts_pull_request ;;
  }

  dimension: reverts_commit {
    type: string
    description: "The reverted commit, possibly shortened"
    sql: ${TABLE}.reverts_commit ;;
  }

  set: detail {
    fields: [repository, pull_request_number, commit_sha, reverted_time, reverts_pull_request, reverts_commit]
  }
}
