view: +change_remedies {
  measure: count {
    description: "Signs that a change failed"
    type: count
    drill_fields: [detail*]
  }
}
