# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/incidents.lkml.
view: incidents {
  sql_table_name: @{METRICS_DATASET}.incidents ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.source AS STRING), CAST(${TABLE}.id AS STRING)]) ;;
  }

  dimension: source {
    type: string
    description: "Source of its events: pagerduty, sentry, github, report"
    sql: ${TABLE}.source ;;
  }

  dimension: id {
    type: string
    description: "Id at the sender; unique with the source"
    sql: ${TABLE}.id ;;
  }

  dimension: service {
    type: string
    description: "Name of the service in ci-tooling.yaml; NULL if none is mapped"
    sql: ${TABLE}.service ;;
  }

  dimension: title {
    type: string
    description: "Title at the sender"
    sql: ${TABLE}.title ;;
  }

  dimension: severity {
    type: string
    description: "Severity in the sender's words"
    sql: ${TABLE}.severity ;;
  }

  dimension: status {
    type: string
    description: "opened or resolved"
    sql: ${TABLE}.status ;;
  }

  dimension_group: opened {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When it first opened"
    sql: DATETIME(${TABLE}.opened_at, '@{TIME_ZONE}') ;;
  }

  dimension_group: resolved {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When it was resolved; NULL while it is open"
    sql: DATETIME(${TABLE}.resolved_at, '@{TIME_ZONE}') ;;
  }

  dimension: duration_seconds {
    type: number
    description: "From the first opening to the last resolution"
    sql: ${TABLE}.duration_seconds ;;
  }

  dimension: link {
    type: string
    description: "The sender's page of the incident"
    sql: ${TABLE}.link ;;
  }

  dimension: deployment_source {
    type: string
    description: "Source of the linked deployment; this and the next six are NULL if none was ever linked"
    sql: ${TABLE}.deployment_source ;;
  }

  dimension: deployment_app {
    type: string
    description: "App of the deployment"
    sql: ${TABLE}.deployment_app ;;
  }

  dimension: deployment_environment {
    type: string
    description: "Environment of the deployment"
    sql: ${TABLE}.deployment_environment ;;
  }

  dimension: deployment_id {
    type: string
    description: "Id of the deployment; unique with its source, app and environment"
    sql: ${TABLE}.deployment_id ;;
  }

  dimension: deployment_number {
    type: number
    description: "Number by which people know the deployment"
    sql: ${TABLE}.deployment_number ;;
  }

  dimension: deployment_attempt {
    type: number
    description: "Which attempt of the deployment, from 1"
    sql: ${TABLE}.deployment_attempt ;;
  }

  dimension: deployment_sha {
    type: string
    description: "Deployed commit"
    sql: ${TABLE}.deployment_sha ;;
  }

  dimension: link_reason {
    type: string
    description: "deployment, sha or release: the incident names it; latest: the last one before; none: not linked; unlinked: a member said that the deployment did not cause it"
    sql: ${TABLE}.link_reason ;;
  }

  dimension: is_linked {
    type: yesno
    description: "Whether the deployment counts as the cause"
    sql: ${TABLE}.is_linked ;;
  }

  dimension_group: unlinked {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When a member said that the deployment did not cause it"
    sql: DATETIME(${TABLE}.unlinked_at, '@{TIME_ZONE}') ;;
  }

  dimension: detection_seconds {
    type: number
    description: "From the end of the linked deployment to the opening; NULL without a link, and if it opened before"
    sql: ${TABLE}.detection_seconds ;;
  }

  set: detail {
    fields: [source, id, service, title, severity, status, opened_time, resolved_time, duration_seconds, link, deployment_source, deployment_app, deployment_environment, deployment_id, deployment_number, deployment_attempt, deployment_sha, link_reason, is_linked, unlinked_time, detection_seconds]
  }
}
