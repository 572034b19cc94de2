view: +delivery_gaps {
  measure: count {
    description: "Events whose first attempts failed"
    type: count
    drill_fields: [detail*]
  }

  measure: open_gaps {
    description: "Those that have not arrived"
    type: count
    filters: [how: "pending,lost"]
    drill_fields: [detail*]
  }
}
