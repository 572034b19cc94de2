# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/workflow_jobs.lkml.
view: workflow_jobs {
  sql_table_name: @{METRICS_DATASET}.workflow_jobs ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.repository AS STRING), CAST(${TABLE}.job_id AS STRING), CAST(${TABLE}.created_at AS STRING)]) ;;
  }

  dimension: repository {
    type: string
    description: "owner/name"
    sql: ${TABLE}.repository ;;
  }

  dimension: job_id {
    type: number
    description: "GitHub's id of the job"
    sql: ${TABLE}.job_id ;;
  }

  dimension: run_id {
    type: number
    description: "GitHub's id of the workflow run"
    sql: ${TABLE}.run_id ;;
  }

  dimension: run_attempt {
    type: number
    description: "Number of the run's attempt, from 1"
    sql: ${TABLE}.run_attempt ;;
  }

  dimension: workflow_name {
    type: string
    description: "Name of the workflow"
    sql: ${TABLE}.workflow_name ;;
  }

  dimension: job_name {
    type: string
    description: "Name of the job"
    sql: ${TABLE}.job_name ;;
  }

  dimension: labels {
    type: string
    description: "Labels of the runner in alphabetical order, joined by a comma and a space"
    sql: ${TABLE}.labels ;;
  }

  dimension: runner {
    type: string
    description: "Kind of the runner; NULL if no price names it"
    sql: ${TABLE}.runner ;;
  }

  dimension: runner_name {
    type: string
    description: "Name of the runner that ran it; NULL if none did"
    sql: ${TABLE}.runner_name ;;
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

  dimension: head_branch {
    type: string
    description: "Its branch"
    sql: ${TABLE}.head_branch ;;
  }

  dimension: status {
    type: string
    description: "queued, in_progress, completed, …"
    sql: ${TABLE}.status ;;
  }

  dimension: conclusion {
    type: string
    description: "GitHub's conclusion"
    sql: ${TABLE}.conclusion ;;
  }

  dimension_group: created {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When it began to wait for a runner"
    sql: DATETIME(${TABLE}.created_at, '@{TIME_ZONE}') ;;
  }

  dimension_group: started {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When a runner started it; NULL if none did"
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

  dimension: wait_seconds {
    type: number
    description: "From created_at to started_at; NULL if negative"
    sql: ${TABLE}.wait_seconds ;;
  }

  dimension: run_seconds {
    type: number
    description: "From started_at to completed_at; NULL if negative"
    sql: ${TABLE}.run_seconds ;;
  }

  dimension: billed_minutes {
    type: number
    description: "run_seconds in minutes, rounded up as GitHub does; also of runners that are not billed"
    sql: ${TABLE}.billed_minutes ;;
  }

  dimension: cost_usd {
    type: number
    description: "billed_minutes at the list price, before included minutes; 0 for self-hosted runners, and for standard runners of a public repository; NULL without a price"
    sql: ${TABLE}.cost_usd ;;
  }

  set: detail {
    fields: [repository, job_id, run_id, run_attempt, workflow_name, job_name, labels, runner, runner_name, head_sha, head_branch, status, conclusion, created_time, started_time, completed_time, wait_seconds, run_seconds, billed_minutes, cost_usd]
  }
}
