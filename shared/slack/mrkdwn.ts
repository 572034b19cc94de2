const ELLIPSIS = "…";

/** Text from outside, so that it can neither ping nor link: https://docs.slack.dev/messaging/formatting-message-text#escaping */
export function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/**
 * Text from outside, escaped and cut to at most `max` characters as Slack counts them: UTF-16 units, after escaping.
 * Neither an entity nor a character outside the basic plane is cut apart.
 */
export function clippedText(text: string, max: number): string {
  // Escaping only makes longer: what is cut off beforehand would not have fitted.
  const escaped = escapeText(text.slice(0, max + 1));
  if (escaped.length <= max) return escaped;
  const cut = escaped.slice(0, max - ELLIPSIS.length).replace(/&[a-z]{0,3}$|[\uD800-\uDBFF]$/, "");
  return `${cut}${ELLIPSIS}`;
}

/** A link. @param text from outside; becomes one line of at most `max` characters */
export function link(url: string, text: string, max = Number.POSITIVE_INFINITY): string {
  const target = escapeText(url).replaceAll("|", "%7C").replaceAll(/\s/g, "%20");
  return `<${target}|${clippedText(text.replaceAll(/\s+/g, " "), max)}>`;
}

/** Mentions a person, who is notified. @param id Slack's id of the user */
export function mention(id: string): string {
  return `<@${id}>`;
}
