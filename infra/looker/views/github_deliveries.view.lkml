# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/github_deliveries.lkml.
view: github_deliveries {
  sql_table_name: @{METRICS_DATASET}.github_deliveries ;;

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
    description: "owner/name; NULL if the suite holds no event of the repository"
    sql: ${TABLE}.repository ;;
  }

  dimension: attempts {
    type: number
    description: "Attempts to deliver it, to any webhook of the suite"
    sql: ${TABLE}.attempts ;;
  }

  dimension: redeliveries {
    type: number
    description: "Those of them that were asked for"
    sql: ${TABLE}.redeliveries ;;
  }

  dimension_group: first_attempt {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When GitHub first sent it"
    sql: DATETIME(${TABLE}.first_attempt_at, '@{TIME_ZONE}') ;;
  }

  dimension_group: first_failed {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "First attempt without a 2xx; NULL if there is none"
    sql: DATETIME(${TABLE}.first_failed_at, '@{TIME_ZONE}') ;;
  }

  dimension_group: accepted {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "First attempt with a 2xx; NULL before"
    sql: DATETIME(${TABLE}.accepted_at, '@{TIME_ZONE}') ;;
  }

  dimension_group: redelivered {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "First attempt with a 2xx that was asked for"
    sql: DATETIME(${TABLE}.redelivered_at, '@{TIME_ZONE}') ;;
  }

  dimension_group: held {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When the suite accepted the event; NULL if it does not hold it"
    sql: DATETIME(${TABLE}.held_at, '@{TIME_ZONE}') ;;
  }

  set: detail {
    fields: [guid, event, repository, attempts, redeliveries, first_attempt_time, first_failed_time, accepted_time, redelivered_time, held_time]
  }
}
