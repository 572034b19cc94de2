# Written by npm run docs from the view's columns and docs/metrics.md; measures are in /measures/pull_request_cycles.lkml.
view: pull_request_cycles {
  sql_table_name: @{METRICS_DATASET}.pull_request_cycles ;;

  dimension: primary_key {
    hidden: yes
    primary_key: yes
    type: string
    sql: FORMAT("%T", [CAST(${TABLE}.repository AS STRING), CAST(${TABLE}.number AS STRING)]) ;;
  }

  dimension: repository {
    type: string
    description: "owner/name"
    sql: ${TABLE}.repository ;;
  }

  dimension: number {
    type: number
    description: "Its number"
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

  dimension: author_is_bot {
    type: yesno
    description: "Whether the author is a bot"
    sql: ${TABLE}.author_is_bot ;;
  }

  dimension: base_branch {
    type: string
    description: "Branch that it was merged into"
    sql: ${TABLE}.base_branch ;;
  }

  dimension_group: begun {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When its first commit was authored, or when it was opened if that is earlier or no push is known"
    sql: DATETIME(${TABLE}.begun_at, '@{TIME_ZONE}') ;;
  }

  dimension_group: opened {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When it was opened"
    sql: DATETIME(${TABLE}.opened_at, '@{TIME_ZONE}') ;;
  }

  dimension_group: ready {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When it was first ready for review: the end of the draft, if it was opened as one"
    sql: DATETIME(${TABLE}.ready_at, '@{TIME_ZONE}') ;;
  }

  dimension_group: first_review {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "First review by a person other than the author, at ready_at or later"
    sql: DATETIME(${TABLE}.first_review_at, '@{TIME_ZONE}') ;;
  }

  dimension_group: approved {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "First approval by such a person that was not dismissed"
    sql: DATETIME(${TABLE}.approved_at, '@{TIME_ZONE}') ;;
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
    description: "When the first deploy that shipped it ended, of all apps"
    sql: DATETIME(${TABLE}.deployed_at, '@{TIME_ZONE}') ;;
  }

  dimension: coding_seconds {
    type: number
    description: "From begun_at to ready_at; NULL if negative"
    sql: ${TABLE}.coding_seconds ;;
  }

  dimension: pickup_seconds {
    type: number
    description: "From ready_at to first_review_at"
    sql: ${TABLE}.pickup_seconds ;;
  }

  dimension: review_seconds {
    type: number
    description: "From first_review_at to approved_at"
    sql: ${TABLE}.review_seconds ;;
  }

  dimension: merge_seconds {
    type: number
    description: "From approved_at to merged_at"
    sql: ${TABLE}.merge_seconds ;;
  }

  dimension: deploy_seconds {
    type: number
    description: "From merged_at to deployed_at; NULL if negative"
    sql: ${TABLE}.deploy_seconds ;;
  }

  dimension: begun_to_merged_seconds {
    type: number
    description: "From begun_at to merged_at; NULL if negative"
    sql: ${TABLE}.begun_to_merged_seconds ;;
  }

  dimension: additions {
    type: number
    description: "Added lines"
    sql: ${TABLE}.additions ;;
  }

  dimension: deletions {
    type: number
    description: "Deleted lines"
    sql: ${TABLE}.deletions ;;
  }

  dimension: changed_lines {
    type: number
    description: "additions + deletions"
    sql: ${TABLE}.changed_lines ;;
  }

  dimension: changed_files {
    type: number
    description: "Changed files"
    sql: ${TABLE}.changed_files ;;
  }

  dimension: reviews {
    type: number
    description: "Reviews up to the merge by people other than the author"
    sql: ${TABLE}.reviews ;;
  }

  dimension: reviewers {
    type: number
    description: "How many people they are of"
    sql: ${TABLE}.reviewers ;;
  }

  dimension: review_rounds {
    type: number
    description: "Versions of it that were reviewed: each push begins another version"
    sql: ${TABLE}.review_rounds ;;
  }

  dimension: merged_by {
    type: string
    description: "Login of the person who merged it; NULL if unknown"
    sql: ${TABLE}.merged_by ;;
  }

  dimension: is_self_merged {
    type: yesno
    description: "Whether the author merged it"
    sql: ${TABLE}.is_self_merged ;;
  }

  dimension: is_revert {
    type: yesno
    description: "Whether it is a revert"
    sql: ${TABLE}.is_revert ;;
  }

  dimension_group: reverted {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter]
    datatype: datetime
    convert_tz: no
    description: "When it was first reverted; NULL if it was not"
    sql: DATETIME(${TABLE}.reverted_at, '@{TIME_ZONE}') ;;
  }

  dimension: service {
    type: string
    description: "What people call the service; the repository's name if the configuration does not name it"
    sql: ${TABLE}.service ;;
  }

  dimension: team {
    type: string
    description: "Team that owns the service"
    sql: ${TABLE}.team ;;
  }

  dimension: draft_seconds {
    type: number
    description: "From opened_at to ready_at: 0 if it was not opened as a draft; NULL if negative"
    sql: ${TABLE}.draft_seconds ;;
  }

  set: detail {
    fields: [repository, number, title, author, author_is_bot, base_branch, begun_time, opened_time, ready_time, first_review_time, approved_time, merged_time, deployed_time, coding_seconds, pickup_seconds, review_seconds, merge_seconds, deploy_seconds, begun_to_merged_seconds, additions, deletions, changed_lines, changed_files, reviews, reviewers, review_rounds, merged_by, is_self_merged, is_revert, reverted_time, service, team, draft_seconds]
  }
}
