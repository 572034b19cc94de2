# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/main_check_runs.lkml.
view: main_check_runs {
  sql_table_name: @{METRICS_DATASET}.main_check_runs ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.repository AS STRING), CAST(${TABLE}.check_run_id AS STRING), CAST(${TABLE}.completed_at AS STRING)]) ;;
  }

  dimension: repository {
    type: string
    description: "owner/name"
    sql: ${TABLE}.repository ;;
  }

  dimension: check_run_id {
    type: number
    description: "GitHub's id of the run"
    sql: ${TABLE}.check_run_id ;;
  }

  dimension: check_name {
    type: string
    description: "The check's name"
    sql: ${TABLE}.check_name ;;
  }

  dimension: head_sha {
    type: string
    description: "Checked commit"
    sql: ${TABLE}.head_sha ;;
    link: {
      label: "GitHub"
      url: "@{GITHUB_URL}/{{ repository._value }}/commit/{{ value }}"
    }
  }

  dimension: conclusion {
    type: string
    description: "success, failure, cancelled, …"
    sql: ${TABLE}.conclusion ;;
  }

  dimension: verdict {
    type: string
    description: "passed: success; failed: failure or timed_out; NULL otherwise"
    sql: ${TABLE}.verdict ;;
  }

  dimension_group: started {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When the run started"
    sql: DATETIME(${TABLE}.started_at, '@{TIME_ZONE}') ;;
  }

  dimension_group: completed {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When it ended"
    sql: DATETIME(${TABLE}.completed_at, '@{TIME_ZONE}') ;;
  }

  dimension_group: pushed {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When the commit was pushed to the default branch; NULL if no push of it is known"
    sql: DATETIME(${TABLE}.pushed_at, '@{TIME_ZONE}') ;;
  }

  dimension_group: received {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When its event was accepted"
    sql: DATETIME(${TABLE}.received_at, '@{TIME_ZONE}') ;;
  }

  set: detail {
    fields: [repository, check_run_id, check_name, head_sha, conclusion, verdict, started_time, completed_time, pushed_time, received_time]
  }
}
