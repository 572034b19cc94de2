# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/deployments.lkml.
view: deployments {
  sql_table_name: @{METRICS_DATASET}.deployments ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.app AS STRING), CAST(${TABLE}.environment AS STRING), CAST(${TABLE}.position AS STRING)]) ;;
  }

  dimension: app {
    type: string
    description: "Name of the app"
    sql: ${TABLE}.app ;;
  }

  dimension: environment {
    type: string
    description: "Name of the environment"
    sql: ${TABLE}.environment ;;
  }

  dimension: number {
    type: number
    description: "Number of the deploy"
    sql: ${TABLE}.number ;;
  }

  dimension: position {
    type: number
    description: "Position among the app's deploys to the environment, from 1, ordered by end, then by number"
    sql: ${TABLE}.position ;;
  }

  dimension: status {
    type: string
    description: "finished or failed"
    sql: ${TABLE}.status ;;
  }

  dimension: kind {
    type: string
    description: "change, rollback, redeploy or failure, as above"
    sql: ${TABLE}.kind ;;
  }

  dimension: change_number {
    type: number
    description: "Number of the last change up to and including this deploy; for a failure, of the change with its sha, NULL if that never went live"
    sql: ${TABLE}.change_number ;;
  }

  dimension: change_failed {
    type: string
    description: "For a change: whether it failed, as above. NULL for other kinds. It may become true later"
    sql: IF(${TABLE}.change_failed, 'yes', IF(NOT ${TABLE}.change_failed, 'no', NULL)) ;;
  }

  dimension: deployer {
    type: string
    description: "E-mail address or name of the deployer"
    sql: ${TABLE}.deployer ;;
  }

  dimension: sha {
    type: string
    description: "Deployed commit"
    sql: ${TABLE}.sha ;;
  }

  dimension: previous_sha {
    type: string
    description: "Commit that was live before, according to the source; the kind follows from the order of deploys, not from this column"
    sql: ${TABLE}.previous_sha ;;
  }

  dimension: link {
    type: string
    description: "The source's page of the deploy"
    sql: ${TABLE}.link ;;
  }

  dimension_group: queued {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When it was queued"
    sql: DATETIME(${TABLE}.queued_at, '@{TIME_ZONE}') ;;
  }

  dimension_group: started {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When it started"
    sql: DATETIME(${TABLE}.started_at, '@{TIME_ZONE}') ;;
  }

  dimension_group: ended {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When it finished or failed"
    sql: DATETIME(${TABLE}.ended_at, '@{TIME_ZONE}') ;;
  }

  dimension: live_position {
    type: number
    description: "Position at which the sha of a finished deploy first went live; NULL for a failure"
    sql: ${TABLE}.live_position ;;
  }

  dimension: failure_reason {
    type: string
    description: "rollback, revert, hotfix or incident; NULL for a change that did not fail, and for other kinds"
    sql: ${TABLE}.failure_reason ;;
  }

  dimension: is_hotfix {
    type: yesno
    description: "Whether it is a change that reverted a part of an earlier change, or a hotfix for it"
    sql: ${TABLE}.is_hotfix ;;
  }

  dimension: seconds_since_previous {
    type: number
    description: "From the end of the finished deploy before to the end of this one; NULL for a failure and for the first"
    sql: ${TABLE}.seconds_since_previous ;;
  }

  dimension: commits {
    type: number
    description: "Batch size: commits that a finished deploy shipped; 0 also if they are unknown"
    sql: ${TABLE}.commits ;;
  }

  dimension: pull_requests {
    type: number
    description: "Pull requests that a finished deploy shipped"
    sql: ${TABLE}.pull_requests ;;
  }

  dimension: service {
    type: string
    description: "What people call the service; the app if the configuration does not name it"
    sql: ${TABLE}.service ;;
  }

  dimension: team {
    type: string
    description: "Team that owns the service"
    sql: ${TABLE}.team ;;
  }

  set: detail {
    fields: [app, environment, number, position, status, kind, change_number, change_failed, deployer, sha, previous_sha, link, queued_time, started_time, ended_time, live_position, failure_reason, is_hotfix, seconds_since_previous, commits, pull_requests, service, team]
  }
}
