/** Thrown when a person could not do this in Slack: the message says what there is instead. */
export class InteractionError extends Error {
  override name = "InteractionError";
}
