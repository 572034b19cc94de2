view: +pull_requests {
  measure: count {
    description: "Pull requests"
    type: count
    drill_fields: [detail*]
  }

  measure: merged_pull_requests {
    description: "Pull requests that were merged"
    type: count
    filters: [state: "merged"]
    drill_fields: [detail*]
  }
}
