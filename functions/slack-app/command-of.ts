/** What somebody wrote to the bot. */
export type Command =
  | { command: "help" | "sync-users" | "typescript" | "unknown" }
  | { command: "deploy-notifications"; on: boolean }
  /** @property url what was written after it, empty for nothing */
  | { command: "cancel"; url: string };

/**
 * The command in a message's text, in any case and with any white space.
 *
 * @param text as Slack writes it: escaped, with its markup for links and mentions
 * @param bots the ids under which the bot is mentioned; a mention of it at the beginning is no part of the command
 */
export function commandOf(text: string, bots: string[]): Command {
  const words = plainText(withoutMention(text, bots));
  const said = words.toLowerCase();
  const [, state] = /^deploy notifications? (on|off)$/.exec(said) ?? [];
  if (state !== undefined) return { command: "deploy-notifications", on: state === "on" };
  // Paths are not the same in any case.
  const [, url] = /^gha cancel(?: (.*))?$/i.exec(words) ?? [];
  if (/^gha cancel\b/.test(said)) return { command: "cancel", url: url ?? "" };
  if (said === "sync slack users") return { command: "sync-users" };
  if (said === "typescript" || said === "help") return { command: said };
  return { command: "unknown" };
}

function withoutMention(text: string, bots: string[]): string {
  const mention = /^\s*<@([A-Z0-9]+)(?:\|[^>]*)?>[:,]?/.exec(text);
  return mention?.[1] !== undefined && bots.includes(mention[1]) ? text.slice(mention[0].length) : text;
}

/** https://docs.slack.dev/messaging/formatting-message-text#links-in-retrieved-messages */
function plainText(text: string): string {
  return text
    .replaceAll(/<(https?:\/\/[^|>]*)(?:\|[^>]*)?>/g, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&")
    .replaceAll(/\s+/g, " ")
    .trim();
}
