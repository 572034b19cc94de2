- dashboard: ci
  title: CI
  description: "Duration, failure rate and flake rate of checks, red time of the default branch, runners, and set-ups of development environments. Definitions: docs/metrics.md"
  layout: newspaper
  preferred_viewer: dashboards-next
  filters:
  - name: Period
    title: Period
    type: date_filter
    default_value: "28 days"
    allow_multiple_values: true
    required: false
  - name: Repository
    title: Repository
    type: field_filter
    default_value: ""
    allow_multiple_values: true
    required: false
    model: ci_tooling
    explore: check_runs
    field: check_runs.repository
  - name: Check
    title: Check
    type: field_filter
    default_value: ""
    allow_multiple_values: true
    required: false
    model: ci_tooling
    explore: check_runs
    field: check_runs.check_name
  - name: Branch kind
    title: Branch kind
    type: field_filter
    default_value: ""
    allow_multiple_values: true
    required: false
    model: ci_tooling
    explore: check_runs
    field: check_runs.branch_kind
  - name: Required check
    title: Required check
    type: field_filter
    default_value: "@{REQUIRED_CHECK}"
    allow_multiple_values: true
    required: false
    model: ci_tooling
    explore: main_red_by_day
    field: main_red_by_day.check_name
  elements:
  - name: failure_rate
    title: Failure rate
    type: single_value
    model: ci_tooling
    explore: check_runs
    fields: [check_runs.failure_rate]
    limit: 500
    listen:
      Period: check_runs.completed_date
      Repository: check_runs.repository
      Check: check_runs.check_name
      Branch kind: check_runs.branch_kind
    row: 0
    col: 0
    width: 6
    height: 4
  - name: flake_rate
    title: Flake rate
    type: single_value
    model: ci_tooling
    explore: check_commits
    fields: [check_commits.flake_rate]
    limit: 500
    note_state: collapsed
    note_display: hover
    note_text: "Commits on which a check failed and then passed"
    listen:
      Period: check_commits.first_completed_date
      Repository: check_commits.repository
      Check: check_commits.check_name
      Branch kind: check_commits.branch_kind
    row: 0
    col: 6
    width: 6
    height: 4
  - name: red_share
    title: Time that the default branch was red
    type: single_value
    model: ci_tooling
    explore: main_red_by_day
    fields: [main_red_by_day.overall_red_share]
    limit: 500
    listen:
      Period: main_red_by_day.day_date
      Repository: main_red_by_day.repository
      Required check: main_red_by_day.check_name
    row: 0
    col: 12
    width: 6
    height: 4
  - name: time_to_green
    title: Time to green (median minutes)
    type: single_value
    model: ci_tooling
    explore: commit_checks
    fields: [commit_checks.minutes_to_green_p50, commit_checks.minutes_to_green_n]
    limit: 500
    show_comparison: true
    comparison_type: value
    show_comparison_label: true
    comparison_label: commits
    note_state: collapsed
    note_display: hover
    note_text: "From the push to the pass of a commit's last required check"
    listen:
      Period: commit_checks.begun_date
      Repository: commit_checks.repository
      Branch kind: commit_checks.branch_kind
    row: 0
    col: 18
    width: 6
    height: 4
  - name: duration_by_day
    title: Duration per day (minutes)
    type: looker_line
    model: ci_tooling
    explore: check_runs
    fields: [check_runs.completed_date, check_runs.duration_minutes_p50, check_runs.duration_minutes_p90, check_runs.duration_minutes_p95]
    sorts: [check_runs.completed_date]
    limit: 500
    note_state: collapsed
    note_display: hover
    note_text: "Of all chosen checks: choose one to see what people wait for"
    listen:
      Period: check_runs.completed_date
      Repository: check_runs.repository
      Check: check_runs.check_name
      Branch kind: check_runs.branch_kind
    row: 4
    col: 0
    width: 12
    height: 8
  - name: queue_by_day
    title: Time in the queue per day (seconds)
    type: looker_line
    model: ci_tooling
    explore: check_runs
    fields: [check_runs.completed_date, check_runs.queue_seconds_p50, check_runs.queue_seconds_p90]
    sorts: [check_runs.completed_date]
    limit: 500
    listen:
      Period: check_runs.completed_date
      Repository: check_runs.repository
      Check: check_runs.check_name
      Branch kind: check_runs.branch_kind
    row: 4
    col: 12
    width: 12
    height: 8
  - name: failures_by_day
    title: Failure rate per day and kind of branch
    type: looker_line
    model: ci_tooling
    explore: check_runs
    fields: [check_runs.completed_date, check_runs.branch_kind, check_runs.failure_rate]
    pivots: [check_runs.branch_kind]
    sorts: [check_runs.completed_date, check_runs.branch_kind]
    limit: 500
    listen:
      Period: check_runs.completed_date
      Repository: check_runs.repository
      Check: check_runs.check_name
      Branch kind: check_runs.branch_kind
    row: 12
    col: 0
    width: 12
    height: 8
  - name: red_by_day
    title: Hours per day that the default branch was red
    type: looker_column
    model: ci_tooling
    explore: main_red_by_day
    fields: [main_red_by_day.day_date, main_red_by_day.total_red_hours]
    sorts: [main_red_by_day.day_date]
    limit: 500
    listen:
      Period: main_red_by_day.day_date
      Repository: main_red_by_day.repository
      Required check: main_red_by_day.check_name
    row: 12
    col: 12
    width: 12
    height: 8
  - name: flaky_checks
    title: Flaky checks
    type: looker_grid
    model: ci_tooling
    explore: check_commits
    fields: [check_commits.repository, check_commits.check_name, check_commits.count, check_commits.flaky_commits, check_commits.flake_rate]
    sorts: [check_commits.flaky_commits desc]
    limit: 50
    listen:
      Period: check_commits.first_completed_date
      Repository: check_commits.repository
      Check: check_commits.check_name
      Branch kind: check_commits.branch_kind
    row: 20
    col: 0
    width: 12
    height: 8
  - name: red_periods
    title: Red periods
    type: looker_grid
    model: ci_tooling
    explore: main_red_periods
    fields: [main_red_periods.red_from_time, main_red_periods.repository, main_red_periods.broken_by_sha, main_red_periods.fixed_by_sha, main_red_periods.red_hours]
    sorts: [main_red_periods.red_from_time desc]
    limit: 50
    listen:
      Period: main_red_periods.red_from_date
      Repository: main_red_periods.repository
      Required check: main_red_periods.check_name
    row: 20
    col: 12
    width: 12
    height: 8
  - name: green_by_week
    title: Time to green per week (minutes)
    type: looker_line
    model: ci_tooling
    explore: commit_checks
    fields: [commit_checks.begun_week, commit_checks.minutes_to_green_p50, commit_checks.minutes_to_green_p90]
    sorts: [commit_checks.begun_week]
    limit: 500
    note_state: collapsed
    note_display: hover
    note_text: "The first and the last week may be incomplete"
    listen:
      Period: commit_checks.begun_date
      Repository: commit_checks.repository
      Branch kind: commit_checks.branch_kind
    row: 28
    col: 0
    width: 12
    height: 8
  - name: runner_wait
    title: Wait for a runner per day (seconds)
    type: looker_line
    model: ci_tooling
    explore: workflow_jobs
    fields: [workflow_jobs.created_date, workflow_jobs.wait_seconds_p50, workflow_jobs.wait_seconds_p90]
    sorts: [workflow_jobs.created_date]
    limit: 500
    listen:
      Period: workflow_jobs.created_date
      Repository: workflow_jobs.repository
    row: 28
    col: 12
    width: 12
    height: 8
  - name: minutes_by_day
    title: Billed minutes per day, and those of repeated runs
    type: looker_column
    model: ci_tooling
    explore: workflow_jobs
    fields: [workflow_jobs.created_date, workflow_jobs.total_minutes, workflow_jobs.total_repeated_minutes]
    sorts: [workflow_jobs.created_date]
    limit: 500
    note_state: collapsed
    note_display: hover
    note_text: "Each job is rounded up to a minute"
    listen:
      Period: workflow_jobs.created_date
      Repository: workflow_jobs.repository
    row: 36
    col: 0
    width: 12
    height: 8
  - name: costs
    title: Cost by workflow and label (USD)
    type: looker_grid
    model: ci_tooling
    explore: workflow_jobs
    fields: [workflow_jobs.workflow_name, workflow_jobs.labels, workflow_jobs.count, workflow_jobs.total_minutes, workflow_jobs.total_repeated_minutes, workflow_jobs.total_cost, workflow_jobs.total_jobs_without_price]
    sorts: [workflow_jobs.total_cost desc]
    limit: 50
    note_state: collapsed
    note_display: hover
    note_text: "GitHub's list prices, before the minutes that a plan includes"
    listen:
      Period: workflow_jobs.created_date
      Repository: workflow_jobs.repository
    row: 36
    col: 12
    width: 12
    height: 8
  - name: bootstrap_duration
    title: Set-up of development environments (minutes)
    type: looker_line
    model: ci_tooling
    explore: bootstraps
    fields: [bootstraps.started_week, bootstraps.duration_minutes_p50, bootstraps.duration_minutes_p90]
    sorts: [bootstraps.started_week]
    limit: 500
    note_state: collapsed
    note_display: hover
    note_text: "The first and the last week may be incomplete"
    listen:
      Period: bootstraps.started_date
    row: 44
    col: 0
    width: 12
    height: 8
  - name: bootstraps_never_ended
    title: Set-ups that ended and that never ended
    type: looker_column
    model: ci_tooling
    explore: bootstraps_by_day
    fields: [bootstraps_by_day.day_date, bootstraps_by_day.total_ended, bootstraps_by_day.total_never_ended]
    sorts: [bootstraps_by_day.day_date]
    limit: 500
    stacking: normal
    listen:
      Period: bootstraps_by_day.day_date
    row: 44
    col: 12
    width: 12
    height: 8
