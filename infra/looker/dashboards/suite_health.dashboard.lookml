- dashboard: suite_health
  title: Suite health
  description: "Accepted events, their delay, and dead letters. Definitions: docs/metrics.md"
  layout: newspaper
  preferred_viewer: dashboards-next
  filters:
  - name: Period
    title: Period
    type: date_filter
    default_value: "24 hours"
    allow_multiple_values: true
    required: false
  - name: Source
    title: Source
    type: field_filter
    default_value: ""
    allow_multiple_values: true
    required: false
    model: ci_tooling
    explore: events_by_minute
    field: events_by_minute.source
  elements:
  - name: events
    title: Events
    type: single_value
    model: ci_tooling
    explore: events_by_minute
    fields: [events_by_minute.total_events]
    limit: 500
    listen:
      Period: events_by_minute.accepted_time
      Source: events_by_minute.source
    row: 0
    col: 0
    width: 8
    height: 4
  - name: longest_delay
    title: Longest delay (seconds)
    type: single_value
    model: ci_tooling
    explore: events_by_minute
    fields: [events_by_minute.longest_delay_seconds]
    limit: 500
    listen:
      Period: events_by_minute.accepted_time
      Source: events_by_minute.source
    row: 0
    col: 8
    width: 8
    height: 4
  - name: dead_letters
    title: Dead letters
    type: single_value
    model: ci_tooling
    explore: dead_letter_events
    fields: [dead_letter_events.count]
    limit: 500
    listen:
      Period: dead_letter_events.dead_lettered_time
      Source: dead_letter_events.source
    row: 0
    col: 16
    width: 8
    height: 4
  - name: events_by_minute
    title: Events per minute
    type: looker_area
    model: ci_tooling
    explore: events_by_minute
    fields: [events_by_minute.accepted_minute, events_by_minute.source, events_by_minute.total_events]
    pivots: [events_by_minute.source]
    sorts: [events_by_minute.accepted_minute, events_by_minute.source]
    limit: 5000
    stacking: normal
    listen:
      Period: events_by_minute.accepted_time
      Source: events_by_minute.source
    row: 4
    col: 0
    width: 24
    height: 8
  - name: delay_by_hour
    title: Delay per hour (seconds)
    type: looker_line
    model: ci_tooling
    explore: events_by_minute
    fields: [events_by_minute.accepted_hour, events_by_minute.longest_delay_seconds_p50, events_by_minute.longest_delay_seconds]
    sorts: [events_by_minute.accepted_hour]
    limit: 500
    listen:
      Period: events_by_minute.accepted_time
      Source: events_by_minute.source
    row: 12
    col: 0
    width: 12
    height: 8
  - name: dead_letters_by_subscription
    title: Dead letters by subscription
    type: looker_grid
    model: ci_tooling
    explore: dead_letter_events
    fields: [dead_letter_events.subscription, dead_letter_events.type, dead_letter_events.count]
    sorts: [dead_letter_events.count desc]
    limit: 50
    listen:
      Period: dead_letter_events.dead_lettered_time
      Source: dead_letter_events.source
    row: 12
    col: 12
    width: 12
    height: 8
  - name: deliveries_by_day
    title: GitHub sent, the suite holds
    type: looker_grid
    model: ci_tooling
    explore: deliveries_by_day
    fields: [deliveries_by_day.day_date, deliveries_by_day.total_sent, deliveries_by_day.total_held, deliveries_by_day.total_missing]
    sorts: [deliveries_by_day.day_date desc]
    limit: 50
    listen:
      Period: deliveries_by_day.day_date
    row: 20
    col: 0
    width: 12
    height: 8
  - name: delivery_gaps
    title: Deliveries that failed first
    type: looker_grid
    model: ci_tooling
    explore: delivery_gaps
    fields: [delivery_gaps.how, delivery_gaps.event, delivery_gaps.count]
    sorts: [delivery_gaps.count desc]
    limit: 50
    listen:
      Period: delivery_gaps.first_failed_time
    row: 20
    col: 12
    width: 12
    height: 8
  - name: sources
    title: Last event of each source
    type: looker_grid
    model: ci_tooling
    explore: source_freshness
    fields: [source_freshness.source, source_freshness.last_event_time, source_freshness.events_of_day, source_freshness.events_of_week]
    sorts: [source_freshness.last_event_time]
    limit: 50
    note_state: collapsed
    note_display: hover
    note_text: "A source that has become silent comes first"
    listen:
      Source: source_freshness.source
    row: 28
    col: 0
    width: 24
    height: 8
