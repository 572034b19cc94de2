view: check_runs {
  sql_table_name: product_eng.check_runs ;;

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
    description: "Which completion under this id, from 1"
    sql: ${TABLE}.attempt ;;
  }

  dimension: check_name {
    type: string
    description: "The check's name"
    sql: ${TABLE}.check_name ;;
  }

  dimension: head_sha {
    type: string
    description: "The commit that was checked"
    sql: ${TABLE}.head_sha ;;
  }

  dimension: head_branch {
    type: string
    description: "Its branch; NULL for forks"
    sql: ${TABLE}.head_branch ;;
  }

  dimension: branch_kind {
    type: string
    description: "main: the repository's default branch. pull_request: a commit of a pull request, or of a fork. other: any other branch"
    sql: ${TABLE}.branch_kind ;;
  }

  dimension: pull_request_number {
    type: number
    description: "The first pull request with this commit as head"
    sql: ${TABLE}.pull_request_number ;;
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
    timeframes: [raw, time, hour, date, week, month]
    description: "When it began to wait for a runner; NULL where not known, and for every attempt but the first"
    sql: ${TABLE}.queued_at ;;
  }

  dimension_group: started {
    type: time
    timeframes: [raw, time, hour, date, week, month]
    description: "When it began"
    sql: ${TABLE}.started_at ;;
  }

  dimension_group: completed {
    type: time
    timeframes: [raw, time, hour, date, week, month]
    description: "When it was completed"
    sql: ${TABLE}.completed_at ;;
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

  measure: count {
    description: "Completed runs"
    type: count
  }

  measure: passed_runs {
    description: "Runs that passed"
    type: count
    filters: [verdict: "passed"]
  }

  measure: failed_runs {
    description: "Runs that failed"
    type: count
    filters: [verdict: "failed"]
  }

  measure: runs_with_verdict {
    description: "Runs that passed or failed"
    type: count
    filters: [verdict: "passed,failed"]
  }

  measure: failure_rate {
    description: "Failed runs of those with a verdict"
    type: number
    sql: SAFE_DIVIDE(${failed_runs}, ${runs_with_verdict}) ;;
    value_format_name: percent_1
  }

  measure: duration_minutes_p50 {
    description: "Median minutes that runs with a verdict took"
    type: percentile
    percentile: 50
    sql: ${duration_seconds} / 60 ;;
    filters: [verdict: "passed,failed"]
    value_format_name: decimal_1
  }

  measure: duration_minutes_p90 {
    description: "90th percentile of minutes that runs with a verdict took"
    type: percentile
    percentile: 90
    sql: ${duration_seconds} / 60 ;;
    filters: [verdict: "passed,failed"]
    value_format_name: decimal_1
  }

  measure: duration_minutes_p95 {
    description: "95th percentile of minutes that runs with a verdict took"
    type: percentile
    percentile: 95
    sql: ${duration_seconds} / 60 ;;
    filters: [verdict: "passed,failed"]
    value_format_name: decimal_1
  }

  measure: queue_seconds_p50 {
    description: "Median seconds in the queue, where known"
    type: percentile
    percentile: 50
    sql: ${queue_seconds} ;;
    value_format_name: decimal_1
  }

  measure: queue_seconds_p90 {
    description: "90th percentile of seconds in the queue, where known"
    type: percentile
    percentile: 90
    sql: ${queue_seconds} ;;
    value_format_name: decimal_1
  }
}
