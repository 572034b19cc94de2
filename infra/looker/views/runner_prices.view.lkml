# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/runner_prices.lkml.
view: runner_prices {
  sql_table_name: @{METRICS_DATASET}.runner_prices ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.priority AS STRING)]) ;;
  }

  dimension: priority {
    type: number
    description: "The pattern with the lowest priority that matches counts"
    sql: ${TABLE}.priority ;;
  }

  dimension: label_pattern {
    type: string
    description: "Regular expression of a job's labels, which are joined by a comma and a space"
    sql: ${TABLE}.label_pattern ;;
  }

  dimension: runner {
    type: string
    description: "Name of the runner"
    sql: ${TABLE}.runner ;;
  }

  dimension: usd_per_minute {
    type: number
    description: "Price of a minute in USD"
    sql: ${TABLE}.usd_per_minute ;;
  }

  dimension: is_standard {
    type: yesno
    description: "Whether public repositories use it for free"
    sql: ${TABLE}.is_standard ;;
  }

  set: detail {
    fields: [priority, label_pattern, runner, usd_per_minute, is_standard]
  }
}
