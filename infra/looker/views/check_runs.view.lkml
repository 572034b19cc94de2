# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/check_runs.lkml.
view: check_runs {
  sql_table_name: @{METRICS_DATASET}.check_runs ;;

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

  dimension: attempt {
    type: number
    description: "Number of the completion under this id within 30 days, from 1"
    sql: ${TABLE}.attempt ;;
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

  dimension: head_branch {
    type: string
    description: "Its branch; NULL for forks"
    sql: ${TABLE}.head_branch ;;
  }

  dimension: branch_kind {
    type: string
    description: "main: a commit of the repository's default branch, as a push to it or the merge of a pull request into it shows. pull_request: a commit of a pull request, or of a fork, also if the fork's branch has the default branch's name: GitHub names a run's branch without its repository. other: any other branch. Without github.push and github.pull_request events, no run is of main"
    sql: ${TABLE}.branch_kind ;;
  }

  dimension: pull_request_number {
    type: number
    description: "The first pull request with this commit as head"
    sql: ${TABLE}.pull_request_number ;;
    link: {
      label: "GitHub"
      url: "@{GITHUB_URL}/{{ repository._value }}/pull/{{ value }}"
    }
  }

  dimension: conclusion {
    type: string
    description: "GitHub's conclusion"
    sql: ${TABLE}.conclusion ;;
  }

  dimension: verdict {
    type: string
    description: "passed, failed, or NULL"
    sql: ${TABLE}.verdict ;;
  }

  dimension_group: queued {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When it began to wait for a runner; NULL if unknown, and for every attempt after the first"
    sql: DATETIME(${TABLE}.queued_at, '@{TIME_ZONE}') ;;
  }

  dimension_group: started {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When it started"
    sql: DATETIME(${TABLE}.started_at, '@{TIME_ZONE}') ;;
  }

  dimension_group: completed {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When it was completed"
    sql: DATETIME(${TABLE}.completed_at, '@{TIME_ZONE}') ;;
  }

  dimension: queue_seconds {
    type: number
    description: "From queued_at to started_at; NULL if negative"
    sql: ${TABLE}.queue_seconds ;;
  }

  dimension: duration_seconds {
    type: number
    description: "From started_at to completed_at; NULL if negative"
    sql: ${TABLE}.duration_seconds ;;
  }

  dimension: check_suite_id {
    type: number
    description: "GitHub's id of the suite: a repeated run keeps it, a job of another workflow has another; NULL for events before the field existed"
    sql: ${TABLE}.check_suite_id ;;
  }

  dimension_group: pushed {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When the commit was pushed to the default branch; NULL if no push is known"
    sql: DATETIME(${TABLE}.pushed_at, '@{TIME_ZONE}') ;;
  }

  dimension_group: received {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When the completion was accepted"
    sql: DATETIME(${TABLE}.received_at, '@{TIME_ZONE}') ;;
  }

  set: detail {
    fields: [repository, check_run_id, attempt, check_name, head_sha, head_branch, branch_kind, pull_request_number, conclusion, verdict, queued_time, started_time, completed_time, queue_seconds, duration_seconds, check_suite_id, pushed_time, received_time]
  }
}
