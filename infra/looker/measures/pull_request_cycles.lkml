view: +pull_request_cycles {
  measure: count {
    description: "Merged pull requests"
    type: count
    drill_fields: [detail*]
  }

  measure: unreviewed {
    description: "Merged pull requests that nobody reviewed"
    type: count
    filters: [reviews: "0"]
    drill_fields: [detail*]
  }

  measure: self_merged {
    description: "Pull requests that their author merged"
    type: count
    filters: [is_self_merged: "yes"]
    drill_fields: [detail*]
  }

  measure: reverts {
    description: "Merged pull requests that are a revert"
    type: count
    filters: [is_revert: "yes"]
    drill_fields: [detail*]
  }

  measure: reverted {
    description: "Pull requests that were reverted"
    type: number
    sql: COUNT(${TABLE}.reverted_at) ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: revert_rate {
    description: "Share of merged pull requests that were reverted"
    type: number
    sql: SAFE_DIVIDE(${reverted}, ${count}) ;;
    value_format_name: percent_1
    drill_fields: [detail*]
  }

  measure: coding_hours_values {
    hidden: yes
    description: "Sorted hours of coding, of which the percentiles are exact"
    type: number
    sql: ARRAY_AGG(${coding_seconds} / 3600 IGNORE NULLS ORDER BY ${coding_seconds} / 3600) ;;
  }

  measure: coding_hours_n {
    description: "How many hours of coding the percentiles are of"
    type: number
    sql: COUNT(${coding_seconds} / 3600) ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: coding_hours_p50 {
    description: "Median hours of coding"
    type: number
    sql: ${coding_hours_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${coding_hours_n} - 1)) AS INT64))]
      + (${coding_hours_values}[SAFE_OFFSET(CAST(CEIL(0.5 * (${coding_hours_n} - 1)) AS INT64))] - ${coding_hours_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${coding_hours_n} - 1)) AS INT64))])
        * (0.5 * (${coding_hours_n} - 1) - FLOOR(0.5 * (${coding_hours_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: coding_hours_p90 {
    description: "90th percentile of hours of coding"
    type: number
    sql: ${coding_hours_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${coding_hours_n} - 1)) AS INT64))]
      + (${coding_hours_values}[SAFE_OFFSET(CAST(CEIL(0.9 * (${coding_hours_n} - 1)) AS INT64))] - ${coding_hours_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${coding_hours_n} - 1)) AS INT64))])
        * (0.9 * (${coding_hours_n} - 1) - FLOOR(0.9 * (${coding_hours_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: pickup_hours_values {
    hidden: yes
    description: "Sorted hours of pickup, of which the percentiles are exact"
    type: number
    sql: ARRAY_AGG(${pickup_seconds} / 3600 IGNORE NULLS ORDER BY ${pickup_seconds} / 3600) ;;
  }

  measure: pickup_hours_n {
    description: "How many hours of pickup the percentiles are of"
    type: number
    sql: COUNT(${pickup_seconds} / 3600) ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: pickup_hours_p50 {
    description: "Median hours of pickup"
    type: number
    sql: ${pickup_hours_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${pickup_hours_n} - 1)) AS INT64))]
      + (${pickup_hours_values}[SAFE_OFFSET(CAST(CEIL(0.5 * (${pickup_hours_n} - 1)) AS INT64))] - ${pickup_hours_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${pickup_hours_n} - 1)) AS INT64))])
        * (0.5 * (${pickup_hours_n} - 1) - FLOOR(0.5 * (${pickup_hours_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: pickup_hours_p90 {
    description: "90th percentile of hours of pickup"
    type: number
    sql: ${pickup_hours_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${pickup_hours_n} - 1)) AS INT64))]
      + (${pickup_hours_values}[SAFE_OFFSET(CAST(CEIL(0.9 * (${pickup_hours_n} - 1)) AS INT64))] - ${pickup_hours_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${pickup_hours_n} - 1)) AS INT64))])
        * (0.9 * (${pickup_hours_n} - 1) - FLOOR(0.9 * (${pickup_hours_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: review_hours_values {
    hidden: yes
    description: "Sorted hours of review, of which the percentiles are exact"
    type: number
    sql: ARRAY_AGG(${review_seconds} / 3600 IGNORE NULLS ORDER BY ${review_seconds} / 3600) ;;
  }

  measure: review_hours_n {
    description: "How many hours of review the percentiles are of"
    type: number
    sql: COUNT(${review_seconds} / 3600) ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: review_hours_p50 {
    description: "Median hours of review"
    type: number
    sql: ${review_hours_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${review_hours_n} - 1)) AS INT64))]
      + (${review_hours_values}[SAFE_OFFSET(CAST(CEIL(0.5 * (${review_hours_n} - 1)) AS INT64))] - ${review_hours_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${review_hours_n} - 1)) AS INT64))])
        * (0.5 * (${review_hours_n} - 1) - FLOOR(0.5 * (${review_hours_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: review_hours_p90 {
    description: "90th percentile of hours of review"
    type: number
    sql: ${review_hours_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${review_hours_n} - 1)) AS INT64))]
      + (${review_hours_values}[SAFE_OFFSET(CAST(CEIL(0.9 * (${review_hours_n} - 1)) AS INT64))] - ${review_hours_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${review_hours_n} - 1)) AS INT64))])
        * (0.9 * (${review_hours_n} - 1) - FLOOR(0.9 * (${review_hours_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: merge_hours_values {
    hidden: yes
    description: "Sorted hours of merge, of which the percentiles are exact"
    type: number
    sql: ARRAY_AGG(${merge_seconds} / 3600 IGNORE NULLS ORDER BY ${merge_seconds} / 3600) ;;
  }

  measure: merge_hours_n {
    description: "How many hours of merge the percentiles are of"
    type: number
    sql: COUNT(${merge_seconds} / 3600) ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: merge_hours_p50 {
    description: "Median hours of merge"
    type: number
    sql: ${merge_hours_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${merge_hours_n} - 1)) AS INT64))]
      + (${merge_hours_values}[SAFE_OFFSET(CAST(CEIL(0.5 * (${merge_hours_n} - 1)) AS INT64))] - ${merge_hours_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${merge_hours_n} - 1)) AS INT64))])
        * (0.5 * (${merge_hours_n} - 1) - FLOOR(0.5 * (${merge_hours_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: merge_hours_p90 {
    description: "90th percentile of hours of merge"
    type: number
    sql: ${merge_hours_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${merge_hours_n} - 1)) AS INT64))]
      + (${merge_hours_values}[SAFE_OFFSET(CAST(CEIL(0.9 * (${merge_hours_n} - 1)) AS INT64))] - ${merge_hours_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${merge_hours_n} - 1)) AS INT64))])
        * (0.9 * (${merge_hours_n} - 1) - FLOOR(0.9 * (${merge_hours_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: deploy_hours_values {
    hidden: yes
    description: "Sorted hours of deploy, of which the percentiles are exact"
    type: number
    sql: ARRAY_AGG(${deploy_seconds} / 3600 IGNORE NULLS ORDER BY ${deploy_seconds} / 3600) ;;
  }

  measure: deploy_hours_n {
    description: "How many hours of deploy the percentiles are of"
    type: number
    sql: COUNT(${deploy_seconds} / 3600) ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: deploy_hours_p50 {
    description: "Median hours of deploy"
    type: number
    sql: ${deploy_hours_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${deploy_hours_n} - 1)) AS INT64))]
      + (${deploy_hours_values}[SAFE_OFFSET(CAST(CEIL(0.5 * (${deploy_hours_n} - 1)) AS INT64))] - ${deploy_hours_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${deploy_hours_n} - 1)) AS INT64))])
        * (0.5 * (${deploy_hours_n} - 1) - FLOOR(0.5 * (${deploy_hours_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: deploy_hours_p90 {
    description: "90th percentile of hours of deploy"
    type: number
    sql: ${deploy_hours_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${deploy_hours_n} - 1)) AS INT64))]
      + (${deploy_hours_values}[SAFE_OFFSET(CAST(CEIL(0.9 * (${deploy_hours_n} - 1)) AS INT64))] - ${deploy_hours_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${deploy_hours_n} - 1)) AS INT64))])
        * (0.9 * (${deploy_hours_n} - 1) - FLOOR(0.9 * (${deploy_hours_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: changed_lines_values {
    hidden: yes
    description: "Sorted changed lines, of which the percentiles are exact"
    type: number
    sql: ARRAY_AGG(${changed_lines} IGNORE NULLS ORDER BY ${changed_lines}) ;;
  }

  measure: changed_lines_n {
    description: "How many changed lines the percentiles are of"
    type: number
    sql: COUNT(${changed_lines}) ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: changed_lines_p50 {
    description: "Median changed lines"
    type: number
    sql: ${changed_lines_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${changed_lines_n} - 1)) AS INT64))]
      + (${changed_lines_values}[SAFE_OFFSET(CAST(CEIL(0.5 * (${changed_lines_n} - 1)) AS INT64))] - ${changed_lines_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${changed_lines_n} - 1)) AS INT64))])
        * (0.5 * (${changed_lines_n} - 1) - FLOOR(0.5 * (${changed_lines_n} - 1))) ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: changed_lines_p90 {
    description: "90th percentile of changed lines"
    type: number
    sql: ${changed_lines_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${changed_lines_n} - 1)) AS INT64))]
      + (${changed_lines_values}[SAFE_OFFSET(CAST(CEIL(0.9 * (${changed_lines_n} - 1)) AS INT64))] - ${changed_lines_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${changed_lines_n} - 1)) AS INT64))])
        * (0.9 * (${changed_lines_n} - 1) - FLOOR(0.9 * (${changed_lines_n} - 1))) ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: draft_hours_values {
    hidden: yes
    description: "Sorted hours from the opening to ready for review, of which the percentiles are exact"
    type: number
    sql: ARRAY_AGG(${draft_seconds} / 3600 IGNORE NULLS ORDER BY ${draft_seconds} / 3600) ;;
  }

  measure: draft_hours_n {
    description: "How many hours from the opening to ready for review the percentiles are of"
    type: number
    sql: COUNT(${draft_seconds} / 3600) ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: draft_hours_p50 {
    description: "Median hours from the opening to ready for review"
    type: number
    sql: ${draft_hours_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${draft_hours_n} - 1)) AS INT64))]
      + (${draft_hours_values}[SAFE_OFFSET(CAST(CEIL(0.5 * (${draft_hours_n} - 1)) AS INT64))] - ${draft_hours_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${draft_hours_n} - 1)) AS INT64))])
        * (0.5 * (${draft_hours_n} - 1) - FLOOR(0.5 * (${draft_hours_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: draft_hours_p90 {
    description: "90th percentile of hours from the opening to ready for review"
    type: number
    sql: ${draft_hours_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${draft_hours_n} - 1)) AS INT64))]
      + (${draft_hours_values}[SAFE_OFFSET(CAST(CEIL(0.9 * (${draft_hours_n} - 1)) AS INT64))] - ${draft_hours_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${draft_hours_n} - 1)) AS INT64))])
        * (0.9 * (${draft_hours_n} - 1) - FLOOR(0.9 * (${draft_hours_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: review_rounds_values {
    hidden: yes
    description: "Sorted rounds of review, of which the percentiles are exact"
    type: number
    sql: ARRAY_AGG(${review_rounds} IGNORE NULLS ORDER BY ${review_rounds}) ;;
  }

  measure: review_rounds_n {
    description: "How many rounds of review the percentiles are of"
    type: number
    sql: COUNT(${review_rounds}) ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }

  measure: review_rounds_p50 {
    description: "Median rounds of review"
    type: number
    sql: ${review_rounds_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${review_rounds_n} - 1)) AS INT64))]
      + (${review_rounds_values}[SAFE_OFFSET(CAST(CEIL(0.5 * (${review_rounds_n} - 1)) AS INT64))] - ${review_rounds_values}[SAFE_OFFSET(CAST(FLOOR(0.5 * (${review_rounds_n} - 1)) AS INT64))])
        * (0.5 * (${review_rounds_n} - 1) - FLOOR(0.5 * (${review_rounds_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }

  measure: review_rounds_p90 {
    description: "90th percentile of rounds of review"
    type: number
    sql: ${review_rounds_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${review_rounds_n} - 1)) AS INT64))]
      + (${review_rounds_values}[SAFE_OFFSET(CAST(CEIL(0.9 * (${review_rounds_n} - 1)) AS INT64))] - ${review_rounds_values}[SAFE_OFFSET(CAST(FLOOR(0.9 * (${review_rounds_n} - 1)) AS INT64))])
        * (0.9 * (${review_rounds_n} - 1) - FLOOR(0.9 * (${review_rounds_n} - 1))) ;;
    value_format_name: decimal_1
    drill_fields: [detail*]
  }
}
