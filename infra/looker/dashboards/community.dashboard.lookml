- dashboard: community
  title: Community
  description: "Issues and pull requests, their authors, time to first response and review turnaround. Definitions: docs/metrics.md"
  layout: newspaper
  preferred_viewer: dashboards-next
  filters:
  - name: Period
    title: Period
    type: date_filter
    default_value: "12 weeks"
    allow_multiple_values: true
    required: false
  - name: Repository
    title: Repository
    type: field_filter
    default_value: ""
    allow_multiple_values: true
    required: false
    model: ci_tooling
    explore: contributions
    field: contributions.repository
  - name: Author
    title: Author
    type: field_filter
    default_value: "external"
    allow_multiple_values: true
    required: false
    model: ci_tooling
    explore: contributions
    field: contributions.author_type
  elements:
  - name: opened
    title: Opened
    type: single_value
    model: ci_tooling
    explore: contributions
    fields: [contributions.count]
    limit: 500
    listen:
      Period: contributions.opened_date
      Repository: contributions.repository
      Author: contributions.author_type
    row: 0
    col: 0
    width: 6
    height: 4
  - name: answered
    title: Answered
    type: single_value
    model: ci_tooling
    explore: contributions
    fields: [contributions.answered_share]
    limit: 500
    listen:
      Period: contributions.opened_date
      Repository: contributions.repository
      Author: contributions.author_type
    row: 0
    col: 6
    width: 6
    height: 4
  - name: first_response
    title: Time to first response (median hours)
    type: single_value
    model: ci_tooling
    explore: contributions
    fields: [contributions.first_response_hours_p50, contributions.first_response_hours_n]
    limit: 500
    show_comparison: true
    comparison_type: value
    show_comparison_label: true
    comparison_label: answered
    note_state: collapsed
    note_display: hover
    note_text: "First comment or review by an internal person"
    listen:
      Period: contributions.opened_date
      Repository: contributions.repository
      Author: contributions.author_type
    row: 0
    col: 12
    width: 6
    height: 4
  - name: review_turnaround
    title: Review turnaround (median hours)
    type: single_value
    model: ci_tooling
    explore: contributions
    fields: [contributions.review_turnaround_hours_p50, contributions.review_turnaround_hours_n]
    limit: 500
    show_comparison: true
    comparison_type: value
    show_comparison_label: true
    comparison_label: reviewed
    listen:
      Period: contributions.opened_date
      Repository: contributions.repository
      Author: contributions.author_type
    row: 0
    col: 18
    width: 6
    height: 4
  - name: opened_by_week
    title: Opened per week, by type of author
    type: looker_column
    model: ci_tooling
    explore: activity_by_day
    fields: [activity_by_day.day_week, activity_by_day.user_type, activity_by_day.total_opened]
    pivots: [activity_by_day.user_type]
    sorts: [activity_by_day.day_week, activity_by_day.user_type]
    limit: 500
    stacking: normal
    note_state: collapsed
    note_display: hover
    note_text: "The first and the last week may be incomplete"
    listen:
      Period: activity_by_day.day_date
      Repository: activity_by_day.repository
    row: 4
    col: 0
    width: 12
    height: 8
  - name: ended_by_week
    title: Opened, closed and merged per week
    type: looker_line
    model: ci_tooling
    explore: activity_by_day
    fields: [activity_by_day.day_week, activity_by_day.total_opened, activity_by_day.total_closed, activity_by_day.total_merged]
    sorts: [activity_by_day.day_week]
    limit: 500
    note_state: collapsed
    note_display: hover
    note_text: "The first and the last week may be incomplete"
    listen:
      Period: activity_by_day.day_date
      Repository: activity_by_day.repository
    row: 4
    col: 12
    width: 12
    height: 8
  - name: first_response_by_week
    title: Time to first response per week (hours)
    type: looker_line
    model: ci_tooling
    explore: contributions
    fields: [contributions.opened_week, contributions.first_response_hours_p50, contributions.first_response_hours_p90]
    sorts: [contributions.opened_week]
    limit: 500
    note_state: collapsed
    note_display: hover
    note_text: "The first and the last week may be incomplete"
    listen:
      Period: contributions.opened_date
      Repository: contributions.repository
      Author: contributions.author_type
    row: 12
    col: 0
    width: 12
    height: 8
  - name: review_turnaround_by_week
    title: Review turnaround per week (hours)
    type: looker_line
    model: ci_tooling
    explore: contributions
    fields: [contributions.opened_week, contributions.review_turnaround_hours_p50, contributions.review_turnaround_hours_p90]
    filters:
      contributions.kind: "pull_request"
    sorts: [contributions.opened_week]
    limit: 500
    note_state: collapsed
    note_display: hover
    note_text: "The first and the last week may be incomplete"
    listen:
      Period: contributions.opened_date
      Repository: contributions.repository
      Author: contributions.author_type
    row: 12
    col: 12
    width: 12
    height: 8
  - name: unanswered
    title: Waiting for a response
    type: looker_grid
    model: ci_tooling
    explore: contributions
    fields: [contributions.opened_time, contributions.repository, contributions.kind, contributions.number, contributions.author]
    filters:
      contributions.first_response_seconds: "NULL"
      contributions.state: "open"
    sorts: [contributions.opened_time]
    limit: 50
    listen:
      Period: contributions.opened_date
      Repository: contributions.repository
      Author: contributions.author_type
    row: 20
    col: 0
    width: 24
    height: 8
