- dashboard: bundles
  title: Bundles
  description: "Sizes of the bundles, and how pull requests change them. Definitions: docs/metrics.md"
  layout: newspaper
  preferred_viewer: dashboards-next
  filters:
  - name: Period
    title: Period
    type: date_filter
    default_value: "28 days"
    allow_multiple_values: true
    required: false
  - name: Entrypoint
    title: Entrypoint
    type: field_filter
    default_value: ""
    allow_multiple_values: true
    required: false
    model: ci_tooling
    explore: bundle_sizes
    field: bundle_sizes.entrypoint
  - name: File
    title: File
    type: field_filter
    default_value: ""
    allow_multiple_values: true
    required: false
    model: ci_tooling
    explore: bundle_sizes
    field: bundle_sizes.asset
  elements:
  - name: size_by_day
    title: Size on the base branch (kB)
    type: looker_line
    model: ci_tooling
    explore: bundle_sizes
    fields: [bundle_sizes.built_date, bundle_sizes.asset, bundle_sizes.environment, bundle_sizes.node_env, bundle_sizes.latest_size_kilobytes]
    pivots: [bundle_sizes.asset, bundle_sizes.environment, bundle_sizes.node_env]
    filters:
      bundle_sizes.pull_request_number: "NULL"
    sorts: [bundle_sizes.built_date, bundle_sizes.asset]
    limit: 500
    note_state: collapsed
    note_display: hover
    note_text: "Of the day's latest build in each environment"
    listen:
      Period: bundle_sizes.built_date
      Entrypoint: bundle_sizes.entrypoint
      File: bundle_sizes.asset
    row: 0
    col: 0
    width: 24
    height: 8
  - name: entrypoints
    title: Entry points on the base branch (kB)
    type: looker_bar
    model: ci_tooling
    explore: bundle_sizes
    fields: [bundle_sizes.entrypoint, bundle_sizes.asset, bundle_sizes.environment, bundle_sizes.node_env, bundle_sizes.latest_size_kilobytes]
    pivots: [bundle_sizes.environment, bundle_sizes.node_env]
    filters:
      bundle_sizes.pull_request_number: "NULL"
    sorts: [bundle_sizes.latest_size_kilobytes desc]
    limit: 20
    listen:
      Period: bundle_sizes.built_date
      Entrypoint: bundle_sizes.entrypoint
      File: bundle_sizes.asset
    row: 8
    col: 0
    width: 12
    height: 8
  - name: differences_by_day
    title: Added by merged pull requests per day of the build (kB)
    type: looker_column
    model: ci_tooling
    explore: bundle_differences
    fields: [bundle_differences.built_date, bundle_differences.total_difference_kilobytes]
    filters:
      bundle_differences.is_merged: "yes"
      bundle_differences.is_first_entrypoint: "yes"
    sorts: [bundle_differences.built_date]
    limit: 500
    listen:
      Period: bundle_differences.built_date
      Entrypoint: bundle_differences.entrypoint
      File: bundle_differences.file
    row: 8
    col: 12
    width: 12
    height: 8
  - name: pull_requests
    title: Pull requests by added size
    type: looker_grid
    model: ci_tooling
    explore: bundle_differences
    fields: [bundle_differences.pull_request_number, bundle_differences.entrypoint, bundle_differences.file, bundle_differences.change, bundle_differences.base_size_bytes, bundle_differences.size_bytes, bundle_differences.difference_bytes]
    filters:
      bundle_differences.change: "-unchanged"
    sorts: [bundle_differences.difference_bytes desc]
    limit: 50
    listen:
      Period: bundle_differences.built_date
      Entrypoint: bundle_differences.entrypoint
      File: bundle_differences.file
    row: 16
    col: 0
    width: 24
    height: 8
