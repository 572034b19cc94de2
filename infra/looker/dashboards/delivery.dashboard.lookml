- dashboard: delivery
  title: Delivery
  description: "DORA's five metrics, the deploy pipeline and the undeployed backlog. Definitions: docs/metrics.md"
  layout: newspaper
  preferred_viewer: dashboards-next
  filters:
  - name: Period
    title: Period
    type: date_filter
    default_value: "8 weeks"
    allow_multiple_values: true
    required: false
  - name: App
    title: App
    type: field_filter
    default_value: ""
    allow_multiple_values: true
    required: false
    model: ci_tooling
    explore: delivery_by_period
    field: delivery_by_period.app
  - name: Service
    title: Service
    type: field_filter
    default_value: ""
    allow_multiple_values: true
    required: false
    model: ci_tooling
    explore: delivery_by_period
    field: delivery_by_period.service
  - name: Team
    title: Team
    type: field_filter
    default_value: ""
    allow_multiple_values: true
    required: false
    model: ci_tooling
    explore: delivery_by_period
    field: delivery_by_period.team
  elements:
  - name: deployments
    title: Deployments
    type: single_value
    model: ci_tooling
    explore: deployments
    fields: [deployments.finished_deployments]
    limit: 500
    note_state: collapsed
    note_display: hover
    note_text: "Finished deploys to production"
    listen:
      Period: deployments.ended_date
      App: deployments.app
      Service: deployments.service
      Team: deployments.team
    row: 0
    col: 0
    width: 6
    height: 4
  - name: lead_time
    title: Lead time for changes (median hours)
    type: single_value
    model: ci_tooling
    explore: lead_times
    fields: [lead_times.lead_time_hours_p50, lead_times.lead_time_hours_n]
    filters:
      lead_times.author_is_bot: "no"
    limit: 500
    show_comparison: true
    comparison_type: value
    show_comparison_label: true
    comparison_label: lead times
    note_state: collapsed
    note_display: hover
    note_text: "From a pull request's first commit to production, without bots"
    listen:
      Period: lead_times.deployed_date
      App: lead_times.app
      Service: lead_times.service
      Team: lead_times.team
    row: 0
    col: 6
    width: 6
    height: 4
  - name: change_failure_rate
    title: Change failure rate
    type: single_value
    model: ci_tooling
    explore: deployments
    fields: [deployments.change_failure_rate, deployments.changes]
    limit: 500
    show_comparison: true
    comparison_type: value
    show_comparison_label: true
    comparison_label: changes
    note_state: collapsed
    note_display: hover
    note_text: "Changes that a rollback, a revert or a hotfix took back or mended, or that caused an incident"
    listen:
      Period: deployments.ended_date
      App: deployments.app
      Service: deployments.service
      Team: deployments.team
    row: 0
    col: 12
    width: 6
    height: 4
  - name: recovery_time
    title: Failed deployment recovery time (median minutes)
    type: single_value
    model: ci_tooling
    explore: deployment_failures
    fields: [deployment_failures.recovery_minutes_p50, deployment_failures.recovery_minutes_n]
    filters:
      deployment_failures.cause: "-failed_deploy"
    limit: 500
    show_comparison: true
    comparison_type: value
    show_comparison_label: true
    comparison_label: recoveries
    note_state: collapsed
    note_display: hover
    note_text: "From the failed change to the end of the rollback, the revert, the hotfix or the incident"
    listen:
      Period: deployment_failures.failed_date
      App: deployment_failures.app
      Service: deployment_failures.service
      Team: deployment_failures.team
    row: 0
    col: 18
    width: 6
    height: 4
  - name: deployment_rework_rate
    title: Deployment rework rate
    type: single_value
    model: ci_tooling
    explore: deployments
    fields: [deployments.deployment_rework_rate]
    limit: 500
    note_state: collapsed
    note_display: hover
    note_text: "Finished deploys that were a rollback or a hotfix"
    listen:
      Period: deployments.ended_date
      App: deployments.app
      Service: deployments.service
      Team: deployments.team
    row: 4
    col: 0
    width: 6
    height: 4
  - name: deploy_failure_rate
    title: Deploy failure rate
    type: single_value
    model: ci_tooling
    explore: deployments
    fields: [deployments.deploy_failure_rate, deployments.count]
    limit: 500
    show_comparison: true
    comparison_type: value
    show_comparison_label: true
    comparison_label: attempts
    note_state: collapsed
    note_display: hover
    note_text: "Attempts to deploy that failed"
    listen:
      Period: deployments.ended_date
      App: deployments.app
      Service: deployments.service
      Team: deployments.team
    row: 4
    col: 6
    width: 6
    height: 4
  - name: time_between_deploys
    title: Time between deploys (median hours)
    type: single_value
    model: ci_tooling
    explore: deployments
    fields: [deployments.hours_between_p50, deployments.hours_between_n]
    limit: 500
    show_comparison: true
    comparison_type: value
    show_comparison_label: true
    comparison_label: deploys
    note_state: collapsed
    note_display: hover
    note_text: "From the finished deploy before, per app"
    listen:
      Period: deployments.ended_date
      App: deployments.app
      Service: deployments.service
      Team: deployments.team
    row: 4
    col: 12
    width: 6
    height: 4
  - name: batch_size
    title: Pull requests per deploy (median)
    type: single_value
    model: ci_tooling
    explore: deployments
    fields: [deployments.batch_size_p50, deployments.batch_size_n]
    filters:
      deployments.kind: "change"
    limit: 500
    show_comparison: true
    comparison_type: value
    show_comparison_label: true
    comparison_label: changes
    note_state: collapsed
    note_display: hover
    note_text: "Pull requests that a change shipped"
    listen:
      Period: deployments.ended_date
      App: deployments.app
      Service: deployments.service
      Team: deployments.team
    row: 4
    col: 18
    width: 6
    height: 4
  - name: deployments_by_day
    title: Deployments per day
    type: looker_column
    model: ci_tooling
    explore: delivery_by_period
    fields: [delivery_by_period.period_start_date, delivery_by_period.total_deployments, delivery_by_period.total_failed_deployments]
    filters:
      delivery_by_period.period: "day"
    sorts: [delivery_by_period.period_start_date]
    limit: 500
    listen:
      Period: delivery_by_period.period_start_date
      App: delivery_by_period.app
      Service: delivery_by_period.service
      Team: delivery_by_period.team
    row: 8
    col: 0
    width: 12
    height: 8
  - name: lead_time_by_week
    title: Lead time per week (hours)
    type: looker_line
    model: ci_tooling
    explore: lead_times
    fields: [lead_times.deployed_week, lead_times.lead_time_hours_p50, lead_times.lead_time_hours_p90]
    filters:
      lead_times.author_is_bot: "no"
    sorts: [lead_times.deployed_week]
    limit: 500
    note_state: collapsed
    note_display: hover
    note_text: "The first and the last week may be incomplete"
    listen:
      Period: lead_times.deployed_date
      App: lead_times.app
      Service: lead_times.service
      Team: lead_times.team
    row: 8
    col: 12
    width: 12
    height: 8
  - name: change_failure_rate_by_week
    title: Failure and rework per week
    type: looker_line
    model: ci_tooling
    explore: deployments
    fields: [deployments.ended_week, deployments.change_failure_rate, deployments.deployment_rework_rate]
    sorts: [deployments.ended_week]
    limit: 500
    note_state: collapsed
    note_display: hover
    note_text: "The first and the last week may be incomplete"
    listen:
      Period: deployments.ended_date
      App: deployments.app
      Service: deployments.service
      Team: deployments.team
    row: 16
    col: 0
    width: 12
    height: 8
  - name: recovery_time_by_week
    title: Recovery time per week (minutes)
    type: looker_line
    model: ci_tooling
    explore: deployment_failures
    fields: [deployment_failures.failed_week, deployment_failures.recovery_minutes_p50, deployment_failures.recovery_minutes_p90]
    filters:
      deployment_failures.cause: "-failed_deploy"
    sorts: [deployment_failures.failed_week]
    limit: 500
    note_state: collapsed
    note_display: hover
    note_text: "The first and the last week may be incomplete"
    listen:
      Period: deployment_failures.failed_date
      App: deployment_failures.app
      Service: deployment_failures.service
      Team: deployment_failures.team
    row: 16
    col: 12
    width: 12
    height: 8
  - name: backlog
    title: Pull requests waiting to be deployed
    type: looker_area
    model: ci_tooling
    explore: undeployed_backlog_by_day
    fields: [undeployed_backlog_by_day.day_date, undeployed_backlog_by_day.largest_backlog]
    sorts: [undeployed_backlog_by_day.day_date]
    limit: 500
    listen:
      Period: undeployed_backlog_by_day.day_date
      App: undeployed_backlog_by_day.app
      Service: undeployed_backlog_by_day.service
      Team: undeployed_backlog_by_day.team
    row: 24
    col: 0
    width: 12
    height: 8
  - name: pipeline_times
    title: Time in queue and running (minutes)
    type: looker_line
    model: ci_tooling
    explore: deploys
    fields: [deploys.queued_week, deploys.queue_minutes_p90, deploys.run_minutes_p50, deploys.run_minutes_p90]
    filters:
      deploys.is_production: "yes"
    sorts: [deploys.queued_week]
    limit: 500
    note_state: collapsed
    note_display: hover
    note_text: "The first and the last week may be incomplete"
    listen:
      Period: deploys.queued_date
      App: deploys.app
      Service: deploys.service
      Team: deploys.team
    row: 24
    col: 12
    width: 12
    height: 8
  - name: deployers
    title: Deploys by deployer
    type: looker_grid
    model: ci_tooling
    explore: deploys
    fields: [deploys.deployer, deploys.count, deploys.finished_deploys, deploys.failed_deploys, deploys.canceled_deploys, deploys.run_minutes_p50]
    filters:
      deploys.is_production: "yes"
    sorts: [deploys.count desc]
    limit: 50
    listen:
      Period: deploys.queued_date
      App: deploys.app
      Service: deploys.service
      Team: deploys.team
    row: 32
    col: 0
    width: 12
    height: 8
  - name: failures
    title: Failures
    type: looker_grid
    model: ci_tooling
    explore: deployment_failures
    fields: [deployment_failures.failed_time, deployment_failures.app, deployment_failures.cause, deployment_failures.failed_number, deployment_failures.recovered_number, deployment_failures.recovery_seconds]
    sorts: [deployment_failures.failed_time desc]
    limit: 50
    listen:
      Period: deployment_failures.failed_date
      App: deployment_failures.app
      Service: deployment_failures.service
      Team: deployment_failures.team
    row: 32
    col: 12
    width: 12
    height: 8
  - name: months
    title: By month
    type: looker_grid
    model: ci_tooling
    explore: delivery_by_period
    fields: [delivery_by_period.period_start_date, delivery_by_period.is_partial, delivery_by_period.total_deployments, delivery_by_period.overall_change_failure_rate, delivery_by_period.overall_deployment_rework_rate, delivery_by_period.overall_unknown_lead_time_share]
    filters:
      delivery_by_period.period: "month"
    sorts: [delivery_by_period.period_start_date desc]
    limit: 12
    note_state: collapsed
    note_display: hover
    note_text: "A month that began before the period is left out"
    listen:
      Period: delivery_by_period.period_start_date
      App: delivery_by_period.app
      Service: delivery_by_period.service
      Team: delivery_by_period.team
    row: 40
    col: 0
    width: 24
    height: 6
