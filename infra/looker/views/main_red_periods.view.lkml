# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/main_red_periods.lkml.
view: main_red_periods {
  sql_table_name: @{METRICS_DATASET}.main_red_periods ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.repository AS STRING), CAST(${TABLE}.check_name AS STRING), CAST(${TABLE}.red_from AS STRING)]) ;;
  }

  dimension: repository {
    type: string
    description: "owner/name"
    sql: ${TABLE}.repository ;;
  }

  dimension: check_name {
    type: string
    description: "The check's name"
    sql: ${TABLE}.check_name ;;
  }

  dimension: broken_by_sha {
    type: string
    description: "The commit whose run failed first"
    sql: ${TABLE}.broken_by_sha ;;
    link: {
      label: "GitHub"
      url: "@{GITHUB_URL}/{{ repository._value }}/commit/{{ value }}"
    }
  }

  dimension: fixed_by_sha {
    type: string
    description: "The commit whose run passed; NULL while the check is red, and if it was abandoned"
    sql: ${TABLE}.fixed_by_sha ;;
    link: {
      label: "GitHub"
      url: "@{GITHUB_URL}/{{ repository._value }}/commit/{{ value }}"
    }
  }

  dimension: failed_runs {
    type: number
    description: "Failing verdicts in the period"
    sql: ${TABLE}.failed_runs ;;
  }

  dimension_group: red_from {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When the first failing verdict came, at the latest when it was accepted: a sender's clock may be ahead"
    sql: DATETIME(${TABLE}.red_from, '@{TIME_ZONE}') ;;
  }

  dimension_group: red_until {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When the passing verdict came, or when the check was abandoned; NULL while it is red"
    sql: DATETIME(${TABLE}.red_until, '@{TIME_ZONE}') ;;
  }

  dimension: red_seconds {
    type: number
    description: "From red_from to red_until, or to now"
    sql: ${TABLE}.red_seconds ;;
  }

  dimension: is_abandoned {
    type: yesno
    description: "Whether the check no longer runs, and never passed again"
    sql: ${TABLE}.is_abandoned ;;
  }

  set: detail {
    fields: [repository, check_name, broken_by_sha, fixed_by_sha, failed_runs, red_from_time, red_until_time, red_seconds, is_abandoned]
  }
}
