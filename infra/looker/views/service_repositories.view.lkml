# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/service_repositories.lkml.
view: service_repositories {
  sql_table_name: @{METRICS_DATASET}.service_repositories ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.repository AS STRING)]) ;;
  }

  dimension: repository {
    type: string
    description: "owner/name"
    sql: ${TABLE}.repository ;;
  }

  dimension: service {
    type: string
    description: "What people call the service; several services of one repository are joined"
    sql: ${TABLE}.service ;;
  }

  dimension: team {
    type: string
    description: "Team that owns the service; NULL if none is named"
    sql: ${TABLE}.team ;;
  }

  set: detail {
    fields: [repository, service, team]
  }
}
