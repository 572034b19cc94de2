# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/bundle_sizes.lkml.
view: bundle_sizes {
  sql_table_name: @{METRICS_DATASET}.bundle_sizes ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.pull_request_number AS STRING), CAST(${TABLE}.commit AS STRING), CAST(${TABLE}.entrypoint AS STRING), CAST(${TABLE}.file AS STRING), CAST(${TABLE}.environment AS STRING), CAST(${TABLE}.node_env AS STRING)]) ;;
  }

  dimension: pull_request_number {
    type: number
    description: "The pull request that was built; NULL for the base branch"
    sql: ${TABLE}.pull_request_number ;;
  }

  dimension: commit {
    type: string
    description: "The commit that was built"
    sql: ${TABLE}.commit ;;
  }

  dimension: entrypoint {
    type: string
    description: "webpack's entry point"
    sql: ${TABLE}.entrypoint ;;
  }

  dimension: file {
    type: string
    description: "Name of the asset"
    sql: ${TABLE}.file ;;
  }

  dimension: environment {
    type: string
    description: "Where it was built, e.g. ci"
    sql: ${TABLE}.environment ;;
  }

  dimension: node_env {
    type: string
    description: "NODE_ENV of the build"
    sql: ${TABLE}.node_env ;;
  }

  dimension: size_bytes {
    type: number
    description: "Bytes"
    sql: ${TABLE}.size_bytes ;;
  }

  dimension_group: built {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When the first asset of the build was reported: CI may report a build file by file, and again"
    sql: DATETIME(${TABLE}.built_at, '@{TIME_ZONE}') ;;
  }

  dimension_group: reported {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When this size was reported"
    sql: DATETIME(${TABLE}.reported_at, '@{TIME_ZONE}') ;;
  }

  dimension: asset {
    type: string
    description: "The file without the hash of its content: app.[hash].js for app.3f2a9c1b.js. A hash is 8 to 64 hexadecimal digits after a dot or a hyphen, before the extension"
    sql: ${TABLE}.asset ;;
  }

  set: detail {
    fields: [pull_request_number, commit, entrypoint, file, environment, node_env, size_bytes, built_time, reported_time, asset]
  }
}
