/** A response `{"ok": false, "error": …}` of Slack's Web API. */
export class SlackError extends Error {
  override name = "SlackError";
  /** One of the error codes that the method's page on docs.slack.dev lists. */
  readonly error: string;
  /** Lines of `response_metadata.messages`: each names a problem and its JSON pointer. */
  readonly messages: string[];

  constructor(error: string, messages: string[] = []) {
    super([error, ...messages].join(" "));
    this.error = error;
    this.messages = messages;
  }
}

/** Thrown for an action that a person could not perform in Slack. The message lists the possible actions. */
export class InteractionError extends Error {
  override name = "InteractionError";
}
