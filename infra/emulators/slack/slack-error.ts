/** An answer `{"ok": false, "error": …}` of Slack's Web API. */
export class SlackError extends Error {
  override name = "SlackError";
  /** Slack's word for it, as the method's page on docs.slack.dev lists them. */
  readonly error: string;
  /** Lines of `response_metadata.messages`: what is wrong where. */
  readonly messages: string[];

  constructor(error: string, messages: string[] = []) {
    super([error, ...messages].join(" "));
    this.error = error;
    this.messages = messages;
  }
}
