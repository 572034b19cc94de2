# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/service_apps.lkml.
view: service_apps {
  sql_table_name: @{METRICS_DATASET}.service_apps ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.app AS STRING), CAST(${TABLE}.environment AS STRING)]) ;;
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

  dimension: service {
    type: string
    description: "What people call the service"
    sql: ${TABLE}.service ;;
  }

  dimension: team {
    type: string
    description: "Team that owns the service; NULL if none is named"
    sql: ${TABLE}.team ;;
  }

  set: detail {
    fields: [app, environment, service, team]
  }
}
