# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/delivery_gaps.lkml.
view: delivery_gaps {
  sql_table_name: @{METRICS_DATASET}.delivery_gaps ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.guid AS STRING)]) ;;
  }

  dimension: guid {
    type: string
    description: "X-GitHub-Delivery, the event's id"
    sql: ${TABLE}.guid ;;
  }

  dimension: event {
    type: string
    description: "GitHub's name of the event"
    sql: ${TABLE}.event ;;
  }

  dimension: repository {
    type: string
    description: "owner/name; NULL if it is not known"
    sql: ${TABLE}.repository ;;
  }

  dimension: attempts {
    type: number
    description: "Attempts to deliver it"
    sql: ${TABLE}.attempts ;;
  }

  dimension: redeliveries {
    type: number
    description: "Those of them that were asked for"
    sql: ${TABLE}.redeliveries ;;
  }

  dimension_group: first_failed {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When the first attempt failed"
    sql: DATETIME(${TABLE}.first_failed_at, '@{TIME_ZONE}') ;;
  }

  dimension_group: recovered {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When the event arrived; NULL before"
    sql: DATETIME(${TABLE}.recovered_at, '@{TIME_ZONE}') ;;
  }

  dimension: how {
    type: string
    description: "redelivered: by an attempt that was asked for; another_webhook: through another webhook; stored: by an attempt whose response was lost; lost: not within the three days that GitHub keeps a delivery; pending: not yet"
    sql: ${TABLE}.how ;;
  }

  set: detail {
    fields: [guid, event, repository, attempts, redeliveries, first_failed_time, recovered_time, how]
  }
}
