const token =
  "give the secret SLACK_BOT_USER_ACCESS_TOKEN the Bot User OAuth Token of the Slack app, which reinstalling it shows";

const advice: Record<string, string> = {
  channel_not_found:
    "create the channel or correct its name in the configuration, and invite the bot if it is private",
  not_in_channel: "invite the bot to the channel: /invite @<the bot> in it",
  is_archived: "unarchive the channel, or configure another",
  restricted_action: "allow the app to post to the channel, in its posting permissions",
  invalid_auth: token,
  not_authed: token,
  token_revoked: token,
  token_expired: token,
  account_inactive: token,
  missing_scope: "add the scope to the Slack app and reinstall it",
};

/**
 * What somebody who sets things up has to do after Slack refused a call with this word.
 *
 * @param details what Slack adds: for missing_scope the scope that is needed
 * @returns undefined for refusals that setting up cannot change
 */
export function setupAdvice(error: string, { needed }: { needed?: unknown } = {}): string | undefined {
  if (!Object.hasOwn(advice, error)) return undefined;
  const scope = typeof needed === "string" ? ` (${needed})` : "";
  return `Slack answers ${error}${scope}: ${advice[error]}`;
}
