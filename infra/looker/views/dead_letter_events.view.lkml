# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/dead_letter_events.lkml.
view: dead_letter_events {
  sql_table_name: @{METRICS_DATASET}.dead_letter_events ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.message_id AS STRING)]) ;;
  }

  dimension: message_id {
    type: string
    description: "Pub/Sub's id of the message in the dead-letter topic"
    sql: ${TABLE}.message_id ;;
  }

  dimension_group: dead_lettered {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When the subscription gave it up"
    sql: DATETIME(${TABLE}.dead_lettered_at, '@{TIME_ZONE}') ;;
  }

  dimension: subscription {
    type: string
    description: "The subscription that gave it up"
    sql: ${TABLE}.subscription ;;
  }

  dimension: delivery_attempts {
    type: number
    description: "Number of delivery attempts"
    sql: ${TABLE}.delivery_attempts ;;
  }

  dimension: event_id {
    type: string
    description: "Id of the event; NULL, like all columns below, if the message is no event"
    sql: ${TABLE}.event_id ;;
  }

  dimension: source {
    type: string
    description: "Source of the event: github, slack, freight, …"
    sql: ${TABLE}.source ;;
  }

  dimension: type {
    type: string
    description: "The event's type"
    sql: ${TABLE}.type ;;
  }

  dimension: subject {
    type: string
    description: "Subject of the event"
    sql: ${TABLE}.subject ;;
  }

  dimension_group: happened {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When it happened at the sender"
    sql: DATETIME(${TABLE}.time, '@{TIME_ZONE}') ;;
  }

  set: detail {
    fields: [message_id, dead_lettered_time, subscription, delivery_attempts, event_id, source, type, subject, happened_time]
  }
}
