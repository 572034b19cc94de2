view: +github_deliveries {
  measure: count {
    description: "Events that GitHub sent"
    type: count
    drill_fields: [detail*]
  }
}
