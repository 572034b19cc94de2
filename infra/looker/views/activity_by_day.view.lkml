# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/activity_by_day.lkml.
view: activity_by_day {
  sql_table_name: @{OPEN_SOURCE_DATASET}.activity_by_day ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.repository AS STRING), CAST(${TABLE}.kind AS STRING), CAST(${TABLE}.user_type AS STRING), CAST(${TABLE}.day AS STRING)]) ;;
  }

  dimension: repository {
    type: string
    description: "owner/name"
    sql: ${TABLE}.repository ;;
  }

  dimension: kind {
    type: string
    description: "issue or pull_request"
    sql: ${TABLE}.kind ;;
  }

  dimension: user_type {
    type: string
    description: "bot, internal or external: the actor's type"
    sql: ${TABLE}.user_type ;;
  }

  dimension_group: day {
    type: time
    timeframes: [raw, date, week, month, quarter]
    datatype: date
    convert_tz: no
    description: "Day of the action"
    sql: ${TABLE}.day ;;
  }

  dimension: opened {
    type: number
    description: "How many were opened"
    sql: ${TABLE}.opened ;;
  }

  dimension: closed {
    type: number
    description: "How many were closed without merging; each closing counts"
    sql: ${TABLE}.closed ;;
  }

  dimension: merged {
    type: number
    description: "How many pull requests were merged"
    sql: ${TABLE}.merged ;;
  }

  dimension: reopened {
    type: number
    description: "How many were reopened"
    sql: ${TABLE}.reopened ;;
  }

  dimension: people {
    type: number
    description: "How many different people acted"
    sql: ${TABLE}.people ;;
  }

  set: detail {
    fields: [repository, kind, user_type, day_date, opened, closed, merged, reopened, people]
  }
}
