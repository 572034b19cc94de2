- dashboard: pull_requests
  title: Pull requests
  description: "The way of pull requests to production, their size and reviews, open ones, and the merge queue. Definitions: docs/metrics.md"
  layout: newspaper
  preferred_viewer: dashboards-next
  filters:
  - name: Period
    title: Period
    type: date_filter
    default_value: "8 weeks"
    allow_multiple_values: true
    required: false
  - name: Repository
    title: Repository
    type: field_filter
    default_value: ""
    allow_multiple_values: true
    required: false
    model: ci_tooling
    explore: pull_request_cycles
    field: pull_request_cycles.repository
  - name: Service
    title: Service
    type: field_filter
    default_value: ""
    allow_multiple_values: true
    required: false
    model: ci_tooling
    explore: pull_request_cycles
    field: pull_request_cycles.service
  - name: Team
    title: Team
    type: field_filter
    default_value: ""
    allow_multiple_values: true
    required: false
    model: ci_tooling
    explore: pull_request_cycles
    field: pull_request_cycles.team
  elements:
  - name: merged
    title: Merged pull requests
    type: single_value
    model: ci_tooling
    explore: pull_request_cycles
    fields: [pull_request_cycles.count]
    filters:
      pull_request_cycles.author_is_bot: "no"
    limit: 500
    note_state: collapsed
    note_display: hover
    note_text: "Without bots"
    listen:
      Period: pull_request_cycles.merged_date
      Repository: pull_request_cycles.repository
      Service: pull_request_cycles.service
      Team: pull_request_cycles.team
    row: 0
    col: 0
    width: 6
    height: 4
  - name: pickup
    title: Time to the first review (median hours)
    type: single_value
    model: ci_tooling
    explore: pull_request_cycles
    fields: [pull_request_cycles.pickup_hours_p50, pull_request_cycles.pickup_hours_n]
    filters:
      pull_request_cycles.author_is_bot: "no"
    limit: 500
    show_comparison: true
    comparison_type: value
    show_comparison_label: true
    comparison_label: pull requests
    note_state: collapsed
    note_display: hover
    note_text: "From ready for review to the first review by somebody else"
    listen:
      Period: pull_request_cycles.merged_date
      Repository: pull_request_cycles.repository
      Service: pull_request_cycles.service
      Team: pull_request_cycles.team
    row: 0
    col: 6
    width: 6
    height: 4
  - name: size
    title: Size (median changed lines)
    type: single_value
    model: ci_tooling
    explore: pull_request_cycles
    fields: [pull_request_cycles.changed_lines_p50, pull_request_cycles.changed_lines_n]
    filters:
      pull_request_cycles.author_is_bot: "no"
    limit: 500
    show_comparison: true
    comparison_type: value
    show_comparison_label: true
    comparison_label: pull requests
    note_state: collapsed
    note_display: hover
    note_text: "Added and deleted lines"
    listen:
      Period: pull_request_cycles.merged_date
      Repository: pull_request_cycles.repository
      Service: pull_request_cycles.service
      Team: pull_request_cycles.team
    row: 0
    col: 12
    width: 6
    height: 4
  - name: revert_rate
    title: Revert rate
    type: single_value
    model: ci_tooling
    explore: pull_request_cycles
    fields: [pull_request_cycles.revert_rate, pull_request_cycles.count]
    filters:
      pull_request_cycles.author_is_bot: "no"
    limit: 500
    show_comparison: true
    comparison_type: value
    show_comparison_label: true
    comparison_label: pull requests
    note_state: collapsed
    note_display: hover
    note_text: "Merged pull requests that were reverted"
    listen:
      Period: pull_request_cycles.merged_date
      Repository: pull_request_cycles.repository
      Service: pull_request_cycles.service
      Team: pull_request_cycles.team
    row: 0
    col: 18
    width: 6
    height: 4
  - name: cycle_by_week
    title: Parts of the way to production per week (median hours)
    type: looker_column
    model: ci_tooling
    explore: pull_request_cycles
    fields: [pull_request_cycles.merged_week, pull_request_cycles.coding_hours_p50, pull_request_cycles.pickup_hours_p50, pull_request_cycles.review_hours_p50, pull_request_cycles.merge_hours_p50, pull_request_cycles.deploy_hours_p50]
    filters:
      pull_request_cycles.author_is_bot: "no"
    sorts: [pull_request_cycles.merged_week]
    limit: 500
    note_state: collapsed
    note_display: hover
    note_text: "Medians of different pull requests: they do not add up to the median of the whole. The first and the last week may be incomplete"
    listen:
      Period: pull_request_cycles.merged_date
      Repository: pull_request_cycles.repository
      Service: pull_request_cycles.service
      Team: pull_request_cycles.team
    row: 4
    col: 0
    width: 12
    height: 8
  - name: size_by_week
    title: Size per week (changed lines)
    type: looker_line
    model: ci_tooling
    explore: pull_request_cycles
    fields: [pull_request_cycles.merged_week, pull_request_cycles.changed_lines_p50, pull_request_cycles.changed_lines_p90]
    filters:
      pull_request_cycles.author_is_bot: "no"
    sorts: [pull_request_cycles.merged_week]
    limit: 500
    note_state: collapsed
    note_display: hover
    note_text: "The first and the last week may be incomplete"
    listen:
      Period: pull_request_cycles.merged_date
      Repository: pull_request_cycles.repository
      Service: pull_request_cycles.service
      Team: pull_request_cycles.team
    row: 4
    col: 12
    width: 12
    height: 8
  - name: reviews_by_week
    title: Merged per week, and without a review
    type: looker_column
    model: ci_tooling
    explore: pull_request_cycles
    fields: [pull_request_cycles.merged_week, pull_request_cycles.count, pull_request_cycles.unreviewed, pull_request_cycles.self_merged]
    filters:
      pull_request_cycles.author_is_bot: "no"
    sorts: [pull_request_cycles.merged_week]
    limit: 500
    note_state: collapsed
    note_display: hover
    note_text: "The first and the last week may be incomplete"
    listen:
      Period: pull_request_cycles.merged_date
      Repository: pull_request_cycles.repository
      Service: pull_request_cycles.service
      Team: pull_request_cycles.team
    row: 12
    col: 0
    width: 12
    height: 8
  - name: reviewers
    title: Reviews by reviewer
    type: looker_grid
    model: ci_tooling
    explore: review_load_by_period
    fields: [review_load_by_period.reviewer, review_load_by_period.total_reviews, review_load_by_period.total_pull_requests, review_load_by_period.total_approvals, review_load_by_period.total_requests_for_changes]
    filters:
      review_load_by_period.period: "day"
    sorts: [review_load_by_period.total_reviews desc]
    limit: 50
    listen:
      Period: review_load_by_period.period_start_date
      Repository: review_load_by_period.repository
      Service: review_load_by_period.service
      Team: review_load_by_period.team
    row: 12
    col: 12
    width: 12
    height: 8
  - name: open_by_age
    title: Open pull requests by age, now
    type: looker_bar
    model: ci_tooling
    explore: open_pull_requests
    fields: [open_pull_requests.age_group, open_pull_requests.waits_for, open_pull_requests.count]
    pivots: [open_pull_requests.waits_for]
    sorts: [open_pull_requests.age_group, open_pull_requests.waits_for]
    limit: 500
    stacking: normal
    note_state: collapsed
    note_display: hover
    note_text: "Drafts included"
    listen:
      Repository: open_pull_requests.repository
      Service: open_pull_requests.service
      Team: open_pull_requests.team
    row: 20
    col: 0
    width: 12
    height: 8
  - name: oldest
    title: Open pull requests, oldest first
    type: looker_grid
    model: ci_tooling
    explore: open_pull_requests
    fields: [open_pull_requests.repository, open_pull_requests.number, open_pull_requests.title, open_pull_requests.author, open_pull_requests.waits_for, open_pull_requests.opened_date]
    sorts: [open_pull_requests.opened_date]
    limit: 50
    listen:
      Repository: open_pull_requests.repository
      Service: open_pull_requests.service
      Team: open_pull_requests.team
    row: 20
    col: 12
    width: 12
    height: 8
  - name: queue_by_week
    title: Time in the merge queue per week (minutes)
    type: looker_line
    model: ci_tooling
    explore: merge_queue_entries
    fields: [merge_queue_entries.enqueued_week, merge_queue_entries.wait_minutes_p50, merge_queue_entries.wait_minutes_p90]
    sorts: [merge_queue_entries.enqueued_week]
    limit: 500
    note_state: collapsed
    note_display: hover
    note_text: "The first and the last week may be incomplete"
    listen:
      Period: merge_queue_entries.enqueued_date
      Repository: merge_queue_entries.repository
      Service: merge_queue_entries.service
      Team: merge_queue_entries.team
    row: 28
    col: 0
    width: 12
    height: 8
  - name: queue_outcomes
    title: Merged and ejected from the merge queue per week
    type: looker_column
    model: ci_tooling
    explore: merge_queue_entries
    fields: [merge_queue_entries.enqueued_week, merge_queue_entries.merged_entries, merge_queue_entries.ejected_entries]
    sorts: [merge_queue_entries.enqueued_week]
    limit: 500
    stacking: normal
    note_state: collapsed
    note_display: hover
    note_text: "The first and the last week may be incomplete"
    listen:
      Period: merge_queue_entries.enqueued_date
      Repository: merge_queue_entries.repository
      Service: merge_queue_entries.service
      Team: merge_queue_entries.team
    row: 28
    col: 12
    width: 12
    height: 8
  - name: repositories
    title: By repository
    type: looker_grid
    model: ci_tooling
    explore: pull_request_cycles
    fields: [pull_request_cycles.repository, pull_request_cycles.count, pull_request_cycles.review_rounds_p50, pull_request_cycles.review_rounds_p90, pull_request_cycles.draft_hours_p50, pull_request_cycles.draft_hours_p90]
    filters:
      pull_request_cycles.author_is_bot: "no"
    sorts: [pull_request_cycles.count desc]
    limit: 50
    note_state: collapsed
    note_display: hover
    note_text: "Merged pull requests, versions that were reviewed, and hours from the opening to ready for review"
    listen:
      Period: pull_request_cycles.merged_date
      Repository: pull_request_cycles.repository
      Service: pull_request_cycles.service
      Team: pull_request_cycles.team
    row: 36
    col: 0
    width: 24
    height: 8
