# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/deploys.lkml.
view: deploys {
  sql_table_name: @{METRICS_DATASET}.deploys ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.source AS STRING), CAST(${TABLE}.app AS STRING), CAST(${TABLE}.environment AS STRING), CAST(${TABLE}.number AS STRING), CAST(${TABLE}.attempt AS STRING)]) ;;
  }

  dimension: source {
    type: string
    description: "Source of the deployment: freight, github, gocd, …"
    sql: ${TABLE}.source ;;
  }

  dimension: app {
    type: string
    description: "Deployed app: Freight's name, or the service that names the deployments of GitHub or GoCD"
    sql: ${TABLE}.app ;;
  }

  dimension: environment {
    type: string
    description: "Environment, in the words of the source"
    sql: ${TABLE}.environment ;;
  }

  dimension: number {
    type: number
    description: "Number of the deployment, counted per app and environment; GitHub's id, because GitHub does not count"
    sql: ${TABLE}.number ;;
  }

  dimension: is_production {
    type: yesno
    description: "Whether a service names the deployment, or no service names the app and the environment is called production"
    sql: ${TABLE}.is_production ;;
  }

  dimension: status {
    type: string
    description: "Latest known status: queued, started, finished, failed or canceled"
    sql: ${TABLE}.status ;;
  }

  dimension: deployer {
    type: string
    description: "Login, e-mail address or name of the deployer; NULL if the source sent none"
    sql: ${TABLE}.deployer ;;
  }

  dimension: ref {
    type: string
    description: "Requested ref, e.g. master"
    sql: ${TABLE}.ref ;;
  }

  dimension: sha {
    type: string
    description: "Deployed commit"
    sql: ${TABLE}.sha ;;
  }

  dimension: previous_sha {
    type: string
    description: "Commit that was live before, according to the source; NULL for GitHub and GoCD"
    sql: ${TABLE}.previous_sha ;;
  }

  dimension: link {
    type: string
    description: "The source's page of the deployment"
    sql: ${TABLE}.link ;;
  }

  dimension_group: queued {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When it was queued; NULL for a repeated attempt that keeps the time of an earlier one"
    sql: DATETIME(${TABLE}.queued_at, '@{TIME_ZONE}') ;;
  }

  dimension_group: started {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When it started; NULL while it waits, and if it was canceled before its start"
    sql: DATETIME(${TABLE}.started_at, '@{TIME_ZONE}') ;;
  }

  dimension_group: ended {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When it finished, failed or was canceled"
    sql: DATETIME(${TABLE}.ended_at, '@{TIME_ZONE}') ;;
  }

  dimension: queue_seconds {
    type: number
    description: "From queueing to start; NULL if negative"
    sql: ${TABLE}.queue_seconds ;;
  }

  dimension: run_seconds {
    type: number
    description: "From start to end; NULL if negative"
    sql: ${TABLE}.run_seconds ;;
  }

  dimension: total_seconds {
    type: number
    description: "From queueing to end; NULL if negative"
    sql: ${TABLE}.total_seconds ;;
  }

  dimension: attempt {
    type: number
    description: "Number of the attempt under this deploy's number, from 1"
    sql: ${TABLE}.attempt ;;
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
    fields: [source, app, environment, number, is_production, status, deployer, ref, sha, previous_sha, link, queued_time, started_time, ended_time, queue_seconds, run_seconds, total_seconds, attempt, service, team]
  }
}
