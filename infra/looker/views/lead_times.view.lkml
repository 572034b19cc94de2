# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/lead_times.lkml.
view: lead_times {
  sql_table_name: @{METRICS_DATASET}.lead_times ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.app AS STRING), CAST(${TABLE}.environment AS STRING), CAST(${TABLE}.commit_sha AS STRING), CAST(${TABLE}.pull_request_number AS STRING)]) ;;
  }

  dimension: app {
    type: string
    description: "App whose deploy shipped the pull request"
    sql: ${TABLE}.app ;;
  }

  dimension: environment {
    type: string
    description: "Environment of the deploy"
    sql: ${TABLE}.environment ;;
  }

  dimension: repository {
    type: string
    description: "owner/name; NULL, like all details of the pull request, if no event mentioned it"
    sql: ${TABLE}.repository ;;
  }

  dimension: pull_request_number {
    type: number
    description: "Its number; NULL for a commit that was pushed without a pull request"
    sql: ${TABLE}.pull_request_number ;;
    link: {
      label: "GitHub"
      url: "@{GITHUB_URL}/{{ repository._value }}/pull/{{ value }}"
    }
  }

  dimension: base_branch {
    type: string
    description: "Base branch, which the pull request was merged into"
    sql: ${TABLE}.base_branch ;;
  }

  dimension: author {
    type: string
    description: "Login of the author"
    sql: ${TABLE}.author ;;
  }

  dimension: commit_sha {
    type: string
    description: "Its merge commit, or the commit itself"
    sql: ${TABLE}.commit_sha ;;
    link: {
      label: "GitHub"
      url: "@{GITHUB_URL}/{{ repository._value }}/commit/{{ value }}"
    }
  }

  dimension: deploy_number {
    type: number
    description: "Number of the first finished deploy that shipped it"
    sql: ${TABLE}.deploy_number ;;
  }

  dimension_group: authored {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When its first commit was authored, or when it was opened if that is earlier or no push is known. A date more than a year before the opening is a copied commit or a wrong clock and is not used. For a commit without a pull request: when it was authored, unless that is more than a year before the deploy"
    sql: DATETIME(${TABLE}.authored_at, '@{TIME_ZONE}') ;;
  }

  dimension_group: opened {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When it was opened"
    sql: DATETIME(${TABLE}.opened_at, '@{TIME_ZONE}') ;;
  }

  dimension_group: merged {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When it was merged"
    sql: DATETIME(${TABLE}.merged_at, '@{TIME_ZONE}') ;;
  }

  dimension_group: deployed {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When that deploy ended"
    sql: DATETIME(${TABLE}.deployed_at, '@{TIME_ZONE}') ;;
  }

  dimension: lead_time_seconds {
    type: number
    description: "From authored_at to deployed_at; NULL if negative"
    sql: ${TABLE}.lead_time_seconds ;;
  }

  dimension: merge_to_deploy_seconds {
    type: number
    description: "From merged_at to deployed_at; NULL if negative"
    sql: ${TABLE}.merge_to_deploy_seconds ;;
  }

  dimension: author_is_bot {
    type: yesno
    description: "Whether the author is a bot; FALSE if unknown. Tiles and delivery_by_period leave bots out"
    sql: ${TABLE}.author_is_bot ;;
  }

  dimension: clock {
    type: string
    description: "What authored_at is: first_commit or opened, of the pull request, or commit, of a commit without one; NULL if it is unknown"
    sql: ${TABLE}.clock ;;
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
    fields: [app, environment, repository, pull_request_number, base_branch, author, commit_sha, deploy_number, authored_time, opened_time, merged_time, deployed_time, lead_time_seconds, merge_to_deploy_seconds, author_is_bot, clock, service, team]
  }
}
