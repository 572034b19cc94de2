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
    explore: measurements_by_day
    field: measurements_by_day.name
  - name: Unit
    title: Unit
    type: field_filter
    default_value: ""
    allow_multiple_values: true
    required: false
    model: ci_tooling
    explore: measurements_by_day
    field: measurements_by_day.unit
  elements:
  - name: median_by_day
    title: Median per day, in each measurement's unit
    type: looker_line
    model: ci_tooling
    explore: measurements_by_day
    fields: [measurements_by_day.day_date, measurements_by_day.name, measurements_by_day.median_of_day]
    pivots: [measurements_by_day.name]
    sorts: [measurements_by_day.day_date, measurements_by_day.name]
    limit: 500
    listen:
      Period: measurements_by_day.day_date
      Name: measurements_by_day.name
      Unit: measurements_by_day.unit
    row: 0
    col: 0
    width: 24
    height: 8
  - name: names
    title: What jobs report
    type: looker_grid
    model: ci_tooling
    explore: measurements_by_day
    fields: [measurements_by_day.name, measurements_by_day.unit, measurements_by_day.total_measurements, measurements_by_day.median_of_day, measurements_by_day.largest_value]
    sorts: [measurements_by_day.total_measurements desc]
    limit: 50
    listen:
      Period: measurements_by_day.day_date
      Name: measurements_by_day.name
      Unit: measurements_by_day.unit
    row: 8
    col: 0
    width: 24
    height: 8
