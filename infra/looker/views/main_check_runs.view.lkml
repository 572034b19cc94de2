# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/main_check_runs.lkml.
view: main_check_runs {
  sql_table_name: product_eng.main_check_runs ;;

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
    timeframes: [raw, time, hour, date, week, month]
    description: "When the run started"
    sql: ${TABLE}.started_at ;;
  }

  dimension_group: completed {
    type: time
    timeframes: [raw, time, hour, date, week, month]
    description: "When it ended"
    sql: ${TABLE}.completed_at ;;
  }

  dimension_group: pushed {
    type: time
    timeframes: [raw, time, hour, date, week, month]
    description: "When the commit was pushed to the default branch; NULL if no push of it is known"
    sql: ${TABLE}.pushed_at ;;
  }

  dimension_group: received {
    type: time
    timeframes: [raw, time, hour, date, week, month]
    description: "When its event was accepted"
    sql: ${TABLE}.received_at ;;
  }
}
