# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/commit_checks.lkml.
view: commit_checks {
  sql_table_name: @{METRICS_DATASET}.commit_checks ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.repository AS STRING), CAST(${TABLE}.head_sha AS STRING), CAST(${TABLE}.seen_at AS STRING)]) ;;
  }

  dimension: repository {
    type: string
    description: "owner/name"
    sql: ${TABLE}.repository ;;
  }

  dimension: head_sha {
    type: string
    description: "The commit"
    sql: ${TABLE}.head_sha ;;
    link: {
      label: "GitHub"
      url: "@{GITHUB_URL}/{{ repository._value }}/commit/{{ value }}"
    }
  }

  dimension: branch_kind {
    type: string
    description: "main, pull_request or other: the first of them that a run has"
    sql: ${TABLE}.branch_kind ;;
  }

  dimension_group: begun {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When it was pushed to the default branch, else when its first run was queued or started"
    sql: DATETIME(${TABLE}.begun_at, '@{TIME_ZONE}') ;;
  }

  dimension_group: green {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When the last of its checks first passed; NULL while one has not"
    sql: DATETIME(${TABLE}.green_at, '@{TIME_ZONE}') ;;
  }

  dimension: seconds_to_green {
    type: number
    description: "From begun_at to green_at, repeated runs included; NULL if negative"
    sql: ${TABLE}.seconds_to_green ;;
  }

  dimension: checks {
    type: number
    description: "Checks with a verdict"
    sql: ${TABLE}.checks ;;
  }

  dimension: red_checks {
    type: number
    description: "Those that have not passed"
    sql: ${TABLE}.red_checks ;;
  }

  dimension: repeated_runs {
    type: number
    description: "Runs with a verdict beyond the first of each check"
    sql: ${TABLE}.repeated_runs ;;
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

  dimension_group: seen {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "The commit's first verdict of any check"
    sql: DATETIME(${TABLE}.seen_at, '@{TIME_ZONE}') ;;
  }

  set: detail {
    fields: [repository, head_sha, branch_kind, begun_time, green_time, seconds_to_green, checks, red_checks, repeated_runs, service, team, seen_time]
  }
}
