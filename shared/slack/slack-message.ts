import { isDeepStrictEqual } from "node:util";
import type { KnownBlock, MessageAttachment } from "@slack/web-api";
import { log } from "../observability/log.ts";
import { callSlack, isRefusedContent, SlackSetupError, slackErrorCode } from "./call-slack.ts";

/** Content of a message. */
export interface SlackMessage {
  /** Shown in notifications and by screen readers, and as the message itself if it has no blocks. */
  text: string;
  blocks?: KnownBlock[];
  attachments?: MessageAttachment[];
}

/** Identifies a message. */
export interface MessageRef {
  channel: string;
  /** Unique in the channel. */
  ts: string;
}

/** Maximum length of a section's text, https://docs.slack.dev/reference/block-kit/blocks/section-block */
export const MAX_SECTION = 3000;
/** Maximum number of blocks of a message, https://docs.slack.dev/reference/block-kit/blocks */
export const MAX_MESSAGE_BLOCKS = 50;
/**
 * Maximum length of all blocks of a message as JSON. Slack does not document its own limit; about 13,200 characters were measured in
 * https://github.com/slackapi/bolt-js/issues/2509
 */
export const MAX_BLOCKS_LENGTH = 12_000;
/** Maximum number of blocks of a modal or App Home. */
export const MAX_VIEW_BLOCKS = 100;

/** Colours of the bar beside an attachment. */
export const colors = {
  red: "#F55459",
  green: "#33BF9E",
  lightGreen: "#B6ECDF",
  neutral: "#C6BECF",
} as const;

export type Color = keyof typeof colors;

/** Identifies messages of this suite, https://docs.slack.dev/messaging/message-metadata */
const METADATA = "ci_tooling_message";
const HISTORY_PAGE = 100;
const CHANNELS_PAGE = 1000;
/** Slack's clock and this machine's may differ by this many seconds. */
const CLOCK_SKEW = 60;

export interface Posting {
  /** Channel id, `#name`, or a user's id for a direct message. */
  channel: string;
  threadTs?: string | undefined;
  /** The event that causes the message. */
  event: { id: string; receivedAt: string };
  /** Distinguishes the messages of one event. */
  part: string;
  /** Whether an earlier attempt may have posted the message without receiving Slack's response: then `postOnce` searches for it first. */
  isRetry: boolean;
}

/**
 * Posts a message for an event once. The message's metadata contains the event's id, by which a retry finds it.
 *
 * @throws what `callSlack` throws; the message may have been posted nevertheless
 */
export async function postOnce(message: SlackMessage, posting: Posting): Promise<MessageRef> {
  const posted = posting.isRetry ? await findPosted(posting) : undefined;
  if (posted) return posted;
  const { event, part, threadTs } = posting;
  const response = await withTextFallback(message, (content) =>
    callSlack((slack) =>
      slack.chat.postMessage({
        channel: posting.channel,
        ...content,
        ...(threadTs !== undefined && { thread_ts: threadTs }),
        metadata: { event_type: METADATA, event_payload: { event_id: event.id, part } },
        unfurl_links: false,
        unfurl_media: false,
      }),
    ),
  );
  return { channel: response.channel ?? posting.channel, ts: response.ts ?? "" };
}

/**
 * Sends a message, and sends it without its pictures if Slack refuses its content: Slack refuses a message whose picture it cannot load,
 * as `invalid_blocks` with "downloading image failed", also now and then a picture that exists:
 * https://github.com/slackapi/python-slack-sdk/issues/1782
 */
async function withTextFallback<T>(
  message: SlackMessage,
  send: (content: SlackMessage) => Promise<T>,
): Promise<T> {
  try {
    return await send(message);
  } catch (error) {
    const content = withoutImages(message);
    if (!isRefusedContent(error) || isDeepStrictEqual(content, message)) throw error;
    log("ERROR", "Slack refuses a message; it is sent without its pictures", { text: message.text, error });
    return send(content);
  }
}

/** Removes image blocks, and images in contexts and beside sections. Pure. */
export function withoutImages({ text, blocks, attachments }: SlackMessage): SlackMessage {
  return {
    text,
    ...(blocks && { blocks: blocks.flatMap(toTextBlocks) }),
    ...(attachments && {
      attachments: attachments.map((attachment) => ({
        ...attachment,
        ...(attachment.blocks && { blocks: (attachment.blocks as KnownBlock[]).flatMap(toTextBlocks) }),
      })),
    }),
  };
}

function toTextBlocks(block: KnownBlock): KnownBlock[] {
  if (block.type === "image") return [];
  if (block.type === "section" && block.accessory?.type === "image") {
    const { accessory: _, ...rest } = block;
    return [rest];
  }
  if (block.type !== "context") return [block];
  const elements = block.elements.filter(({ type }) => type !== "image");
  return elements.length > 0 ? [{ ...block, elements }] : [];
}

/**
 * Finds the message that an earlier attempt posted.
 *
 * @returns undefined as well if Slack refuses the search because of the app's set-up: a message that is posted twice is better than none
 * @throws the other errors of `callSlack`
 */
export async function findPosted(posting: Posting): Promise<MessageRef | undefined> {
  try {
    const id = await resolveConversationId(posting.channel);
    return await asMember(id, () => searchConversation(id, posting));
  } catch (error) {
    if (!(error instanceof SlackSetupError)) throw error;
    const { channel, event, part } = posting;
    log("ERROR", "Slack refuses the search for a message of an earlier attempt, which may be posted twice", {
      channel,
      event: event.id,
      part,
      error,
    });
    return undefined;
  }
}

/**
 * The scope chat:write.public allows to post to public channels without being a member, but only members read messages: the bot joins.
 * https://docs.slack.dev/reference/methods/conversations.join
 */
async function asMember<T>(channel: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof SlackSetupError) || slackErrorCode(error.cause) !== "not_in_channel") throw error;
    await callSlack((slack) => slack.conversations.join({ channel }));
    return read();
  }
}

async function searchConversation(
  id: string,
  { threadTs, event, part }: Posting,
): Promise<MessageRef | undefined> {
  // No message about an event is older than the event.
  const oldest = String(Math.floor(Date.parse(event.receivedAt) / 1000) - CLOCK_SKEW);
  let cursor: string | undefined;
  do {
    const page = {
      channel: id,
      oldest,
      limit: HISTORY_PAGE,
      include_all_metadata: true,
      ...(cursor && { cursor }),
    };
    const response = await callSlack((slack) =>
      threadTs === undefined
        ? slack.conversations.history(page)
        : slack.conversations.replies({ ...page, ts: threadTs }),
    );
    const found = response.messages?.find(({ metadata }) => {
      const payload = metadata?.event_payload as { event_id?: unknown; part?: unknown } | undefined;
      return metadata?.event_type === METADATA && payload?.event_id === event.id && payload.part === part;
    });
    if (found?.ts) return { channel: id, ts: found.ts };
    cursor = response.response_metadata?.next_cursor || undefined;
  } while (cursor);
  return undefined;
}

const conversationIds = new Map<string, string>();

/**
 * Slack's methods that read messages take only the id of a conversation, no name and no user.
 *
 * @param channel channel id, `#name`, or a user's id for direct messages
 * @returns `channel` unchanged if Slack has no channel of that name
 */
async function resolveConversationId(channel: string): Promise<string> {
  const cached = conversationIds.get(channel);
  if (cached !== undefined) return cached;
  const id = await lookUpConversation(channel);
  if (id !== undefined) conversationIds.set(channel, id);
  return id ?? channel;
}

async function lookUpConversation(channel: string): Promise<string | undefined> {
  if (/^[UW][A-Z0-9]+$/.test(channel)) {
    const opened = await callSlack((slack) => slack.conversations.open({ users: channel }));
    return opened.channel?.id;
  }
  return channel.startsWith("#") ? findChannel(channel.slice(1)) : channel;
}

async function findChannel(name: string): Promise<string | undefined> {
  let cursor: string | undefined;
  do {
    const response = await callSlack((slack) =>
      slack.conversations.list({
        types: "public_channel,private_channel",
        exclude_archived: true,
        limit: CHANNELS_PAGE,
        ...(cursor && { cursor }),
      }),
    );
    const found = response.channels?.find((channel) => channel.name === name);
    if (found?.id) return found.id;
    cursor = response.response_metadata?.next_cursor || undefined;
  } while (cursor);
  return undefined;
}

/** Slack's error codes for messages that can no longer be changed. */
const GONE = new Set(["message_not_found", "cant_update_message", "edit_window_closed"]);

/**
 * Changes a message. If the message no longer exists, posts a new one in the same channel.
 *
 * @param posting for the new message
 * @returns the message that now has the content
 * @throws what `callSlack` throws; repeating the call is safe
 */
export async function updateMessage(
  current: MessageRef,
  message: SlackMessage,
  posting: Omit<Posting, "channel">,
): Promise<MessageRef> {
  try {
    // Without the empty lists, Slack would keep the old blocks and attachments.
    await withTextFallback(message, (content) =>
      callSlack((slack) => slack.chat.update({ blocks: [], attachments: [], ...content, ...current })),
    );
    return current;
  } catch (error) {
    const code = slackErrorCode(error);
    if (code === undefined || !GONE.has(code)) throw error;
    log("WARNING", "Posting a new message, because the old one no longer exists", {
      ...current,
      error: code,
    });
    return postOnce(message, { ...posting, channel: current.channel });
  }
}
