# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/deliveries_by_day.lkml.
view: deliveries_by_day {
  sql_table_name: @{METRICS_DATASET}.deliveries_by_day ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.day AS STRING), CAST(${TABLE}.event AS STRING)]) ;;
  }

  dimension_group: day {
    type: time
    timeframes: [raw, date, week, month, quarter]
    datatype: date
    convert_tz: no
    description: "Day of the first attempt"
    sql: ${TABLE}.day ;;
  }

  dimension: event {
    type: string
    description: "GitHub's name of the event"
    sql: ${TABLE}.event ;;
  }

  dimension: sent {
    type: number
    description: "Events that GitHub sent"
    sql: ${TABLE}.sent ;;
  }

  dimension: held {
    type: number
    description: "Those of them that are in events"
    sql: ${TABLE}.held ;;
  }

  dimension: missing {
    type: number
    description: "sent - held. Events of the last minutes may still be on their way"
    sql: ${TABLE}.missing ;;
  }

  set: detail {
    fields: [day_date, event, sent, held, missing]
  }
}
