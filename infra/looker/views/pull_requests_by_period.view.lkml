# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/pull_requests_by_period.lkml.
view: pull_requests_by_period {
  sql_table_name: @{METRICS_DATASET}.pull_requests_by_period ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.repository AS STRING), CAST(${TABLE}.period AS STRING), CAST(${TABLE}.period_start AS STRING)]) ;;
  }

  dimension: repository {
    type: string
    description: "owner/name"
    sql: ${TABLE}.repository ;;
  }

  dimension: period {
    type: string
    description: "day, week, month or quarter. Filter on one: otherwise everything is counted four times"
    sql: ${TABLE}.period ;;
  }

  dimension_group: period_start {
    type: time
    timeframes: [raw, date]
    datatype: date
    convert_tz: no
    description: "First day of the period, in the organization's time zone"
    sql: ${TABLE}.period_start ;;
  }

  dimension_group: period_end {
    type: time
    timeframes: [raw, date]
    datatype: date
    convert_tz: no
    description: "Last day of the period"
    sql: ${TABLE}.period_end ;;
  }

  dimension: is_partial {
    type: yesno
    description: "Whether the period is not over"
    sql: ${TABLE}.is_partial ;;
  }

  dimension: merged_pull_requests {
    type: number
    description: "Pull requests of people that were merged in the period"
    sql: ${TABLE}.merged_pull_requests ;;
  }

  dimension: unreviewed {
    type: number
    description: "Those that nobody reviewed"
    sql: ${TABLE}.unreviewed ;;
  }

  dimension: self_merged {
    type: number
    description: "Those that their author merged"
    sql: ${TABLE}.self_merged ;;
  }

  dimension: reverts {
    type: number
    description: "Those that are a revert"
    sql: ${TABLE}.reverts ;;
  }

  dimension: reverted {
    type: number
    description: "Those that were reverted, in this period or later"
    sql: ${TABLE}.reverted ;;
  }

  dimension: revert_rate {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "reverted / merged_pull_requests, 0 to 1"
    sql: ${TABLE}.revert_rate ;;
  }

  dimension: reviewed_again {
    type: number
    description: "Those of which more than one version was reviewed"
    sql: ${TABLE}.reviewed_again ;;
  }

  dimension: coding_seconds_p50 {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "Median of coding"
    sql: ${TABLE}.coding_seconds_p50 ;;
  }

  dimension: coding_seconds_p90 {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "90th percentile of the same"
    sql: ${TABLE}.coding_seconds_p90 ;;
  }

  dimension: coding_times {
    type: number
    description: "How many times they are of"
    sql: ${TABLE}.coding_times ;;
  }

  dimension: pickup_seconds_p50 {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "Median of pickup"
    sql: ${TABLE}.pickup_seconds_p50 ;;
  }

  dimension: pickup_seconds_p90 {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "90th percentile of the same"
    sql: ${TABLE}.pickup_seconds_p90 ;;
  }

  dimension: pickup_times {
    type: number
    description: "How many times they are of"
    sql: ${TABLE}.pickup_times ;;
  }

  dimension: review_seconds_p50 {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "Median of review"
    sql: ${TABLE}.review_seconds_p50 ;;
  }

  dimension: review_seconds_p90 {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "90th percentile of the same"
    sql: ${TABLE}.review_seconds_p90 ;;
  }

  dimension: review_times {
    type: number
    description: "How many times they are of"
    sql: ${TABLE}.review_times ;;
  }

  dimension: merge_seconds_p50 {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "Median of merge"
    sql: ${TABLE}.merge_seconds_p50 ;;
  }

  dimension: merge_seconds_p90 {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "90th percentile of the same"
    sql: ${TABLE}.merge_seconds_p90 ;;
  }

  dimension: merge_times {
    type: number
    description: "How many times they are of"
    sql: ${TABLE}.merge_times ;;
  }

  dimension: deploy_seconds_p50 {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "Median of deploy"
    sql: ${TABLE}.deploy_seconds_p50 ;;
  }

  dimension: deploy_seconds_p90 {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "90th percentile of the same"
    sql: ${TABLE}.deploy_seconds_p90 ;;
  }

  dimension: deploy_times {
    type: number
    description: "How many times they are of"
    sql: ${TABLE}.deploy_times ;;
  }

  dimension: changed_lines_p50 {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "Median size in added and deleted lines"
    sql: ${TABLE}.changed_lines_p50 ;;
  }

  dimension: changed_lines_p90 {
    type: number
    group_label: "Of the row only: do not add or average"
    description: "90th percentile of the same"
    sql: ${TABLE}.changed_lines_p90 ;;
  }

  dimension: sizes {
    type: number
    description: "How many sizes they are of"
    sql: ${TABLE}.sizes ;;
  }

  dimension: service {
    type: string
    description: "What people call the service; the repository's name if the configuration does not name it"
    sql: ${TABLE}.service ;;
  }

  dimension: team {
    type: string
    description: "Team that owns the service"
    sql: ${TABLE}.team ;;
  }

  set: detail {
    fields: [repository, period, period_start_date, period_end_date, is_partial, merged_pull_requests, unreviewed, self_merged, reverts, reverted, reviewed_again, coding_times, pickup_times, review_times, merge_times, deploy_times, sizes, service, team]
  }
}
