/** An answer `{"ok": false, "error": …}` of Slack's Web API. */
export class SlackError extends Error {
  override name = "SlackError";
  /** Slack's word for it, as the method's page on docs.slack.dev lists them. */
  readonly error: string;

  constructor(error: string) {
    super(error);
    this.error = error;
  }
}
