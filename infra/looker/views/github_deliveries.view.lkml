# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/github_deliveries.lkml.
view: github_deliveries {
  sql_table_name: product_eng.github_deliveries ;;

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
    timeframes: [raw, time, hour, date, week, month]
    description: "When GitHub first sent it"
    sql: ${TABLE}.first_attempt_at ;;
  }

  dimension_group: first_failed {
    type: time
    timeframes: [raw, time, hour, date, week, month]
    description: "First attempt without a 2xx; NULL if there is none"
    sql: ${TABLE}.first_failed_at ;;
  }

  dimension_group: accepted {
    type: time
    timeframes: [raw, time, hour, date, week, month]
    description: "First attempt with a 2xx; NULL before"
    sql: ${TABLE}.accepted_at ;;
  }

  dimension_group: redelivered {
    type: time
    timeframes: [raw, time, hour, date, week, month]
    description: "First attempt with a 2xx that was asked for"
    sql: ${TABLE}.redelivered_at ;;
  }

  dimension_group: held {
    type: time
    timeframes: [raw, time, hour, date, week, month]
    description: "When the suite accepted the event; NULL if it does not hold it"
    sql: ${TABLE}.held_at ;;
  }
}
