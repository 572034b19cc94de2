# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/first_commits.lkml.
view: first_commits {
  sql_table_name: @{METRICS_DATASET}.first_commits ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.repository AS STRING), CAST(${TABLE}.number AS STRING)]) ;;
  }

  dimension: repository {
    type: string
    description: "owner/name"
    sql: ${TABLE}.repository ;;
  }

  dimension: number {
    type: number
    description: "Its number"
    sql: ${TABLE}.number ;;
    link: {
      label: "GitHub"
      url: "@{GITHUB_URL}/{{ repository._value }}/pull/{{ value }}"
    }
  }

  dimension_group: authored {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When its first commit was authored, as for lead_times"
    sql: DATETIME(${TABLE}.authored_at, '@{TIME_ZONE}') ;;
  }

  set: detail {
    fields: [repository, number, authored_time]
  }
}
