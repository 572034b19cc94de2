view: +dead_letter_events {
  measure: count {
    description: "Messages that a subscription gave up"
    type: count
    drill_fields: [detail*]
  }
}
