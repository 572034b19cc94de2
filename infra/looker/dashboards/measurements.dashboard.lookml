- dashboard: measurements
  title: Measurements
  description: "Numbers that jobs report. Definitions: docs/metrics.md, how to report: docs/reporting.md"
  layout: newspaper
  preferred_viewer: dashboards-next
  filters:
  - name: Period
    title: Period
    type: date_filter
    default_value: "28 days"
    allow_multiple_values: true
    required: false
  - name: Name
    title: Name
    type: field_filter
    default_value: ""
    allow_multiple_values: true
    required: false
    model: ci_tooling
    explore: reported_measurements
    field: reported_measurements.name
  - name: Unit
    title: Unit
    type: field_filter
    default_value: ""
    allow_multiple_values: true
    required: false
    model: ci_tooling
    explore: reported_measurements
    field: reported_measurements.unit
  elements:
  - name: median_by_day
    title: Median per day, in each measurement's unit
    type: looker_line
    model: ci_tooling
    explore: reported_measurements
    fields: [reported_measurements.measured_date, reported_measurements.name, reported_measurements.value_p50]
    pivots: [reported_measurements.name]
    sorts: [reported_measurements.measured_date, reported_measurements.name]
    limit: 500
    listen:
      Period: reported_measurements.measured_date
      Name: reported_measurements.name
      Unit: reported_measurements.unit
    row: 0
    col: 0
    width: 24
    height: 8
  - name: names
    title: What jobs report
    type: looker_grid
    model: ci_tooling
    explore: reported_measurements
    fields: [reported_measurements.name, reported_measurements.unit, reported_measurements.value_n, reported_measurements.value_p50, reported_measurements.largest_value]
    sorts: [reported_measurements.value_n desc]
    limit: 50
    listen:
      Period: reported_measurements.measured_date
      Name: reported_measurements.name
      Unit: reported_measurements.unit
    row: 8
    col: 0
    width: 24
    height: 8
