- dashboard: incidents
  title: Incidents
  description: "Incidents, and the deployments that they are linked to. Definitions: docs/metrics.md"
  layout: newspaper
  preferred_viewer: dashboards-next
  filters:
  - name: Period
    title: Period
    type: date_filter
    default_value: "28 days"
    allow_multiple_values: true
    required: false
  - name: Service
    title: Service
    type: field_filter
    default_value: ""
    allow_multiple_values: true
    required: false
    model: ci_tooling
    explore: incidents
    field: incidents.service
  elements:
  - name: incidents_by_day
    title: Incidents that a deployment caused, and others
    type: looker_column
    model: ci_tooling
    explore: incidents
    fields: [incidents.opened_date, incidents.linked, incidents.unlinked]
    sorts: [incidents.opened_date]
    limit: 500
    stacking: normal
    listen:
      Period: incidents.opened_date
      Service: incidents.service
    row: 0
    col: 0
    width: 12
    height: 8
  - name: time_to_resolution
    title: Time to detect and to resolve per week (median minutes)
    type: looker_line
    model: ci_tooling
    explore: incidents
    fields: [incidents.opened_week, incidents.detection_minutes_p50, incidents.duration_minutes_p50]
    sorts: [incidents.opened_week]
    limit: 500
    note_state: collapsed
    note_display: hover
    note_text: "From the end of the linked deployment to the opening, and from there to the resolution. The first and the last week may be incomplete"
    listen:
      Period: incidents.opened_date
      Service: incidents.service
    row: 0
    col: 12
    width: 12
    height: 8
  - name: unlinked_incidents
    title: Incidents that are not linked to a deployment
    type: looker_grid
    model: ci_tooling
    explore: incidents
    fields: [incidents.opened_time, incidents.service, incidents.title, incidents.severity, incidents.status, incidents.source, incidents.link_reason, incidents.link]
    filters:
      incidents.is_linked: "No"
    sorts: [incidents.opened_time desc]
    limit: 50
    listen:
      Period: incidents.opened_date
      Service: incidents.service
    row: 8
    col: 0
    width: 24
    height: 8
