view: +shipped_commits {
  measure: count {
    description: "Commits that deploys shipped"
    type: count
    drill_fields: [detail*]
  }

  measure: deploys {
    description: "Deploys that shipped them"
    type: count_distinct
    sql: ${deploy_number} ;;
    value_format_name: decimal_0
    drill_fields: [detail*]
  }
}
