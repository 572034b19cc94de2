# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/pull_requests.lkml.
view: pull_requests {
  sql_table_name: @{METRICS_DATASET}.pull_requests ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.repository AS STRING), CAST(${TABLE}.number AS STRING)]) ;;
  }

  dimension: repository {
    type: string
    description: "owner/name of the base repository"
    sql: ${TABLE}.repository ;;
  }

  dimension: number {
    type: number
    description: "Its number in the repository"
    sql: ${TABLE}.number ;;
    link: {
      label: "GitHub"
      url: "@{GITHUB_URL}/{{ repository._value }}/pull/{{ value }}"
    }
  }

  dimension: title {
    type: string
    description: "Its title"
    sql: ${TABLE}.title ;;
  }

  dimension: author {
    type: string
    description: "Login of the author"
    sql: ${TABLE}.author ;;
  }

  dimension: state {
    type: string
    description: "open, closed or merged"
    sql: ${TABLE}.state ;;
  }

  dimension: head_branch {
    type: string
    description: "Head branch, which the pull request merges"
    sql: ${TABLE}.head_branch ;;
  }

  dimension: head_sha {
    type: string
    description: "Latest commit of the head branch"
    sql: ${TABLE}.head_sha ;;
    link: {
      label: "GitHub"
      url: "@{GITHUB_URL}/{{ repository._value }}/commit/{{ value }}"
    }
  }

  dimension: base_branch {
    type: string
    description: "Base branch, which the pull request is merged into"
    sql: ${TABLE}.base_branch ;;
  }

  dimension: merge_commit_sha {
    type: string
    description: "Merge commit; NULL unless merged, because GitHub sends a test merge until then"
    sql: ${TABLE}.merge_commit_sha ;;
    link: {
      label: "GitHub"
      url: "@{GITHUB_URL}/{{ repository._value }}/commit/{{ value }}"
    }
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

  dimension_group: closed {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When it was closed, merged or not"
    sql: DATETIME(${TABLE}.closed_at, '@{TIME_ZONE}') ;;
  }

  dimension_group: updated {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "Latest known change"
    sql: DATETIME(${TABLE}.updated_at, '@{TIME_ZONE}') ;;
  }

  dimension: head_repository {
    type: string
    description: "owner/name of the head branch's repository, a fork's for its pull requests; NULL if it was deleted, and for events before the field existed"
    sql: ${TABLE}.head_repository ;;
  }

  dimension: author_is_bot {
    type: yesno
    description: "Whether GitHub or bots in ci-tooling.yaml says that the author is a bot, or the login ends with [bot]"
    sql: ${TABLE}.author_is_bot ;;
  }

  dimension: labels {
    type: string
    description: "Names of its labels in alphabetical order, joined by a comma and a space; NULL without one"
    sql: ${TABLE}.labels ;;
  }

  dimension: reverts_pull_request {
    type: number
    description: "Number of the pull request that it reverts"
    sql: ${TABLE}.reverts_pull_request ;;
  }

  dimension: reverts_commit {
    type: string
    description: "Commit that it reverts, possibly shortened"
    sql: ${TABLE}.reverts_commit ;;
  }

  dimension: is_revert {
    type: yesno
    description: "Whether it is a revert, also if its text does not say of what"
    sql: ${TABLE}.is_revert ;;
  }

  set: detail {
    fields: [repository, number, title, author, state, head_branch, head_sha, base_branch, merge_commit_sha, opened_time, merged_time, closed_time, updated_time, head_repository, author_is_bot, labels, reverts_pull_request, reverts_commit, is_revert]
  }
}
