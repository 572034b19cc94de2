# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/check_commits.lkml.
view: check_commits {
  sql_table_name: @{METRICS_DATASET}.check_commits ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.repository AS STRING), CAST(${TABLE}.check_name AS STRING), CAST(${TABLE}.head_sha AS STRING), CAST(${TABLE}.seen_at AS STRING)]) ;;
  }

  dimension: repository {
    type: string
    description: "owner/name"
    sql: ${TABLE}.repository ;;
  }

  dimension: check_name {
    type: string
    description: "The check's name"
    sql: ${TABLE}.check_name ;;
  }

  dimension: branch_kind {
    type: string
    description: "main, pull_request or other"
    sql: ${TABLE}.branch_kind ;;
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

  dimension: runs {
    type: number
    description: "Runs with a verdict"
    sql: ${TABLE}.runs ;;
  }

  dimension: passed {
    type: number
    description: "Runs that passed"
    sql: ${TABLE}.passed ;;
  }

  dimension: failed {
    type: number
    description: "Runs that failed"
    sql: ${TABLE}.failed ;;
  }

  dimension_group: first_completed {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When the first verdict came"
    sql: DATETIME(${TABLE}.first_completed_at, '@{TIME_ZONE}') ;;
  }

  dimension: is_flaky {
    type: yesno
    description: "Whether a run passed that started after another had failed on the same commit and in the same suite, so that the code was not the cause. A failure after a pass alone does not count, and neither does a job of the same name in another workflow. A check that reads the title or description of a pull request may fail and pass without being flaky: leave it out"
    sql: ${TABLE}.is_flaky ;;
  }

  dimension_group: seen {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "The commit's first verdict of any check; distinguishes the rows of a commit that was checked again"
    sql: DATETIME(${TABLE}.seen_at, '@{TIME_ZONE}') ;;
  }

  dimension_group: pushed {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When the commit was pushed to the default branch; NULL if no push of it is known"
    sql: DATETIME(${TABLE}.pushed_at, '@{TIME_ZONE}') ;;
  }

  dimension_group: begun {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When the first run was queued or started"
    sql: DATETIME(${TABLE}.begun_at, '@{TIME_ZONE}') ;;
  }

  dimension_group: first_passed {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When the check first passed; NULL if it has not"
    sql: DATETIME(${TABLE}.first_passed_at, '@{TIME_ZONE}') ;;
  }

  set: detail {
    fields: [repository, check_name, branch_kind, head_sha, runs, passed, failed, first_completed_time, is_flaky, seen_time, pushed_time, begun_time, first_passed_time]
  }
}
