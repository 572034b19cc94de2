# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/dead_letter_events.lkml.
view: dead_letter_events {
  sql_table_name: product_eng.dead_letter_events ;;

  dimension: message_id {
    type: string
    description: "Pub/Sub's id of the message in the dead-letter topic"
    sql: ${TABLE}.message_id ;;
  }

  dimension_group: dead_lettered {
    type: time
    timeframes: [raw, time, hour, date, week, month]
    description: "When the subscription gave it up"
    sql: ${TABLE}.dead_lettered_at ;;
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
    timeframes: [raw, time, hour, date, week, month]
    description: "When it happened at the sender"
    sql: ${TABLE}.time ;;
  }
}
