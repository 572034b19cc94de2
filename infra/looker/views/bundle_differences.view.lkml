# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/bundle_differences.lkml.
view: bundle_differences {
  sql_table_name: @{METRICS_DATASET}.bundle_differences ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.pull_request_number AS STRING), CAST(${TABLE}.commit AS STRING), CAST(${TABLE}.entrypoint AS STRING), CAST(${TABLE}.file AS STRING), CAST(${TABLE}.environment AS STRING), CAST(${TABLE}.node_env AS STRING)]) ;;
  }

  dimension: pull_request_number {
    type: number
    description: "The pull request"
    sql: ${TABLE}.pull_request_number ;;
  }

  dimension: commit {
    type: string
    description: "Its latest commit that was built"
    sql: ${TABLE}.commit ;;
  }

  dimension: base_commit {
    type: string
    description: "Commit of the base branch's build in the comparison"
    sql: ${TABLE}.base_commit ;;
  }

  dimension: entrypoint {
    type: string
    description: "webpack's entry point"
    sql: ${TABLE}.entrypoint ;;
  }

  dimension: file {
    type: string
    description: "Name of the asset without the hash of its content; files that differ in their hashes alone are added up"
    sql: ${TABLE}.file ;;
  }

  dimension: environment {
    type: string
    description: "Where both were built"
    sql: ${TABLE}.environment ;;
  }

  dimension: node_env {
    type: string
    description: "NODE_ENV of both builds"
    sql: ${TABLE}.node_env ;;
  }

  dimension_group: built {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When the pull request's build was first reported"
    sql: DATETIME(${TABLE}.built_at, '@{TIME_ZONE}') ;;
  }

  dimension: size_bytes {
    type: number
    description: "Bytes with the pull request; NULL if it removes the asset"
    sql: ${TABLE}.size_bytes ;;
  }

  dimension: base_size_bytes {
    type: number
    description: "Bytes in the base branch's build; NULL if the pull request adds the asset"
    sql: ${TABLE}.base_size_bytes ;;
  }

  dimension: difference_bytes {
    type: number
    description: "Bytes that the pull request adds; negative if it saves bytes"
    sql: ${TABLE}.difference_bytes ;;
  }

  dimension: change {
    type: string
    description: "added, removed, changed or unchanged"
    sql: ${TABLE}.change ;;
  }

  dimension: is_merged {
    type: yesno
    description: "Whether the pull request was merged with this commit as its head"
    sql: ${TABLE}.is_merged ;;
  }

  dimension: is_first_entrypoint {
    type: yesno
    description: "Whether it is the first entry point with the file: sums over entry points count a shared chunk once with it"
    sql: ${TABLE}.is_first_entrypoint ;;
  }

  set: detail {
    fields: [pull_request_number, commit, base_commit, entrypoint, file, environment, node_env, built_time, size_bytes, base_size_bytes, difference_bytes, change, is_merged, is_first_entrypoint]
  }
}
