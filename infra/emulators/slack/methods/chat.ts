import { type Arguments, isTrue, type Method, readText } from "../arguments.ts";
import { SlackError } from "../errors.ts";
import { findChannel, findPostTarget } from "../find-channel.ts";
import { readContent } from "../message-content.ts";
import { messageJson } from "../message-json.ts";
import { readMetadata } from "../message-metadata.ts";
import type { Store } from "../store.ts";
import type { Channel, LocalMessage, Workspace } from "../workspace.ts";

/** https://docs.slack.dev/reference/methods/chat.postMessage, chat.postEphemeral and chat.update */
export function chatMethods(store: Store): Record<string, Method> {
  const { workspace } = store;
  return {
    "chat.postMessage": (given) => {
      const message = newMessage(store, findPostTarget(workspace, given.channel), given);
      const metadata = readMetadata(given.metadata);
      if (metadata) message.metadata = metadata;
      workspace.messages.push(message);
      return { channel: message.channel, ts: message.ts, message: messageJson(workspace, message, true) };
    },
    "chat.postEphemeral": (given) => {
      const user = workspace.users.find(({ id }) => id === given.user);
      if (!user || user.deleted) throw new SlackError("user_not_in_channel");
      const channel = findPostTarget(workspace, given.channel);
      if (!channel.joined) throw new SlackError("not_in_channel");
      const message = newMessage(store, channel, given);
      workspace.messages.push({ ...message, ephemeral_to: user.id });
      return { message_ts: message.ts };
    },
    "chat.update": (given) => {
      const message = findOwnMessage(workspace, given);
      const content = readContent(given);
      const metadata = readMetadata(given.metadata);
      if (Object.keys(content).length === 0) throw new SlackError("no_text");
      // A text without blocks replaces the blocks. Attachments stay unless `attachments` is given.
      if (content.text !== undefined && !content.blocks) content.blocks = [];
      const updated = { ...message, ...content };
      if (isEmpty(updated)) throw new SlackError("no_text");
      recordVersion(message);
      Object.assign(message, content, { edited: { user: workspace.bot.id, ts: store.nextTs() } });
      if (metadata) message.metadata = metadata;
      if (metadata === null) delete message.metadata;
      const { channel, ts, text } = message;
      return { channel, ts, text, message: messageJson(workspace, message, true) };
    },
  };
}

/** Versions per message; the oldest are dropped. */
const MAX_VERSIONS = 50;

function recordVersion(message: LocalMessage) {
  const { ts, edited, lastEvent, text, blocks, attachments, earlier = [] } = message;
  const version = { at: edited?.ts ?? ts, ...(lastEvent && { event: lastEvent }), text, blocks, attachments };
  message.earlier = [...earlier, version].slice(-MAX_VERSIONS);
}

function newMessage(store: Store, channel: Channel, given: Arguments): LocalMessage {
  const { workspace } = store;
  const threadTs = resolveThread(workspace, channel, readText(given.thread_ts));
  const content = { text: "", blocks: [], attachments: [], ...readContent(given) };
  if (isEmpty(content)) throw new SlackError("no_text");
  return {
    channel: channel.id,
    channel_name: channel.name,
    ts: store.nextTs(),
    ...(threadTs && { thread_ts: threadTs }),
    user: workspace.bot.id,
    ...content,
    ...(threadTs && isTrue(given.reply_broadcast) && { reply_broadcast: true }),
    ...(given.unfurl_links !== undefined && { unfurl_links: isTrue(given.unfurl_links) }),
    ...(given.unfurl_media !== undefined && { unfurl_media: isTrue(given.unfurl_media) }),
  };
}

/** Slack loses replies to a reply or to a missing message silently; the emulator rejects them. */
function resolveThread({ messages }: Workspace, channel: Channel, threadTs: string | undefined) {
  if (!threadTs) return undefined;
  if (!/^\d{10}\.\d{6}$/.test(threadTs))
    throw new SlackError("invalid_thread_ts", [`[ERROR] ${threadTs} is not a valid thread_ts`]);
  const parent = messages.find(({ channel: own, ts }) => own === channel.id && ts === threadTs);
  if (!parent) throw new SlackError("thread_not_found");
  if (parent.ephemeral_to || (parent.thread_ts && parent.thread_ts !== threadTs))
    throw new SlackError("cannot_reply_to_message");
  return threadTs;
}

function findOwnMessage(workspace: Workspace, given: Arguments): LocalMessage {
  const channel = findChannel(workspace, given.channel);
  const message = workspace.messages.find(
    ({ channel: own, ts, ephemeral_to }) => own === channel.id && ts === given.ts && !ephemeral_to,
  );
  if (!message) throw new SlackError("message_not_found");
  if (message.user !== workspace.bot.id) throw new SlackError("cant_update_message");
  return message;
}

function isEmpty({ text, blocks, attachments }: Pick<LocalMessage, "text" | "blocks" | "attachments">) {
  return text === "" && blocks.length === 0 && attachments.length === 0;
}
