view: +pull_requests {
  measure: count {
    description: "Pull requests"
    type: count
  }

  measure: merged_pull_requests {
    description: "Pull requests that were merged"
    type: count
    filters: [state: "merged"]
  }
}
