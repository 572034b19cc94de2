view: activity_by_day {
  sql_table_name: open_source.activity_by_day ;;

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
    description: "bot, internal or external: of who did it"
    sql: ${TABLE}.user_type ;;
  }

  dimension_group: day {
    type: time
    timeframes: [raw, date, week, month]
    datatype: date
    convert_tz: no
    description: "UTC day on which it was done"
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
    description: "How many were opened again"
    sql: ${TABLE}.reopened ;;
  }

  dimension: people {
    type: number
    description: "How many different people did any of it"
    sql: ${TABLE}.people ;;
  }

  measure: total_opened {
    description: "Opened"
    type: sum
    sql: ${opened} ;;
    value_format_name: decimal_0
  }

  measure: total_closed {
    description: "Closed without merging"
    type: sum
    sql: ${closed} ;;
    value_format_name: decimal_0
  }

  measure: total_merged {
    description: "Merged"
    type: sum
    sql: ${merged} ;;
    value_format_name: decimal_0
  }

  measure: total_reopened {
    description: "Opened again"
    type: sum
    sql: ${reopened} ;;
    value_format_name: decimal_0
  }
}
