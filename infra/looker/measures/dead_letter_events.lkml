view: +dead_letter_events {
  measure: count {
    description: "Messages that were given up"
    type: count
  }
}
