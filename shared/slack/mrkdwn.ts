import type { SectionBlock } from "@slack/web-api";

const ELLIPSIS = "…";

/**
 * Escapes external text, so that it contains neither mentions nor links: https://docs.slack.dev/messaging/formatting-message-text#escaping
 * Half of a surrogate pair, which Slack rejects, becomes U+FFFD.
 */
export function escapeText(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/\p{Surrogate}/gu, "\uFFFD");
}

/**
 * Escapes external text and cuts it to at most `max` characters as Slack counts them: UTF-16 code units after escaping.
 * Does not cut through an entity or a surrogate pair.
 */
export function clippedText(text: string, max: number): string {
  // Escaping never shortens a text, so the rest would not fit. Cutting first limits the work for long texts.
  const escaped = escapeText(text.slice(0, max + 1));
  if (escaped.length <= max) return escaped;
  const cut = escaped.slice(0, max - ELLIPSIS.length).replace(/&[a-z]{0,3}$|[\uD800-\uDBFF]$/, "");
  return `${cut}${ELLIPSIS}`;
}

/** The first `max` UTF-16 code units of a text, or one less: not through a surrogate pair, half of which Slack rejects. */
export function clipped(text: string, max: number): string {
  return text.slice(0, max).replace(/[\uD800-\uDBFF]$/, "");
}

/** A link. @param text external text; is escaped and becomes one line of at most `max` characters */
export function link(url: string, text: string, max = Number.POSITIVE_INFINITY): string {
  const target = escapeText(url).replaceAll("|", "%7C").replaceAll(/\s/g, "%20");
  return `<${target}|${clippedText(text.replaceAll(/\s+/g, " "), max)}>`;
}

/** A mention, which notifies the user. @param id Slack id of the user */
export function mention(id: string): string {
  return `<@${id}>`;
}

/** A section of mrkdwn text. `verbatim` keeps Slack from turning plain text such as `example.com` or `#general` into links. */
export function section(text: string): SectionBlock {
  return { type: "section", text: { type: "mrkdwn", text, verbatim: true } };
}
