/** The parts of a message in which Slack recognizes mentions. */
export interface MessageParts {
  text?: string;
  blocks?: unknown[];
  attachments?: unknown[];
}

export interface Mentions {
  /** Ids of the mentioned users. */
  users: string[];
  /** Mentions of groups: `!channel`, `!here`, `!everyone`, `!subteam^S123`. */
  broadcasts: string[];
  links: { url: string; text: string | null }[];
}

/** Fields of an attachment that Slack reads as mrkdwn: https://docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments */
const attachmentFields = ["fallback", "pretext", "author_name", "title", "text", "footer"];

/**
 * Lists the mentions and links in the text, blocks and attachments of a message. Only mrkdwn is read: plain_text and escaped characters
 * mention nobody. https://docs.slack.dev/messaging/formatting-message-text#special-mentions
 */
export function mentionsIn({ text = "", blocks = [], attachments = [] }: MessageParts): Mentions {
  const mentions: Mentions = { users: [], broadcasts: [], links: [] };
  for (const mrkdwn of [text, ...blocks.flatMap(mrkdwnIn), ...attachments.flatMap(mrkdwnOfAttachment)])
    for (const [, special = ""] of mrkdwn.matchAll(/<([^<>]+)>/g)) addMention(mentions, special);
  return mentions;
}

/** @param special the text between `<` and `>`: a target, and optionally a label after a bar */
function addMention({ users, broadcasts, links }: Mentions, special: string) {
  const [target = "", label] = special.split("|", 2);
  if (/^@[UW]/.test(target)) users.push(target.slice(1));
  else if (/^!(channel|here|everyone|subteam\^)/.test(target)) broadcasts.push(target);
  else if (/^(https?:|mailto:|tel:|slack:)/.test(target)) links.push({ url: target, text: label ?? null });
}

/** Every mrkdwn text in a block, at any depth. Elements of rich text are converted to mrkdwn. */
function mrkdwnIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(mrkdwnIn);
  if (typeof value !== "object" || value === null) return [];
  const { type, text, user_id, range, usergroup_id, url } = value as Record<string, unknown>;
  if (type === "mrkdwn" || type === "markdown") return [String(text)];
  if (type === "user") return [`<@${user_id}>`];
  if (type === "broadcast") return [`<!${range}>`];
  if (type === "usergroup") return [`<!subteam^${usergroup_id}>`];
  if (type === "link") return [typeof text === "string" ? `<${url}|${text}>` : `<${url}>`];
  return Object.values(value).flatMap(mrkdwnIn);
}

function mrkdwnOfAttachment(attachment: unknown): string[] {
  const own = attachment as Record<string, unknown> & { fields?: { title?: unknown; value?: unknown }[] };
  const fields = (own.fields ?? []).flatMap(({ title, value }) => [title, value]);
  const texts = [...attachmentFields.map((name) => own[name]), ...fields];
  return [...texts.filter((text) => typeof text === "string"), ...mrkdwnIn(own.blocks)];
}
