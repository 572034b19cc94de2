import { type Arguments, isTrue, type Method, readText } from "../arguments.ts";
import { SlackError } from "../errors.ts";
import { directChannel, findChannel, findJoinedChannel } from "../find-channel.ts";
import { messageJson, repliesTo } from "../message-json.ts";
import { paginate } from "../paginate.ts";
import type { Channel, LocalMessage, Workspace } from "../workspace.ts";

/** https://docs.slack.dev/reference/methods/conversations.history, .replies, .list, .join and .open */
export function conversationMethods(workspace: Workspace): Record<string, Method> {
  return {
    "conversations.history": (given) => {
      const channel = findJoinedChannel(workspace, given.channel);
      const messages = workspace.messages.filter(
        (message) => message.channel === channel.id && isTopLevel(message) && isWithin(message, given),
      );
      const newestFirst = messages.sort((a, b) => Number(b.ts) - Number(a.ts));
      return { ...messagePage(workspace, newestFirst, given, 100), pin_count: 0 };
    },
    "conversations.replies": (given) => {
      const channel = findJoinedChannel(workspace, given.channel);
      const parent = workspace.messages.find(
        (message) => message.channel === channel.id && message.ts === given.ts && !message.ephemeral_to,
      );
      if (!parent) throw new SlackError("thread_not_found");
      const replies = repliesTo(workspace, parent).filter((message) => isWithin(message, given));
      const oldestFirst = replies.sort((a, b) => Number(a.ts) - Number(b.ts));
      return messagePage(workspace, [parent, ...oldestFirst], given, 1000);
    },
    "conversations.list": (given) => {
      const types = (readText(given.types) ?? "public_channel").split(",");
      const channels = workspace.channels.filter(
        (channel) =>
          types.includes(channel.private ? "private_channel" : "public_channel") &&
          // Only members see a private channel.
          (channel.joined || !channel.private) &&
          !(channel.archived && isTrue(given.exclude_archived)),
      );
      const { items, nextCursor } = paginate(channels, given, 100, 1000);
      return {
        channels: items.map(channelJson),
        response_metadata: { next_cursor: nextCursor },
      };
    },
    "conversations.join": (given) => {
      const channel = findChannel(workspace, given.channel);
      if (channel.archived) throw new SlackError("is_archived");
      if (channel.private || !workspace.channels.includes(channel))
        throw new SlackError("method_not_supported_for_channel_type");
      channel.joined = true;
      return { channel: channelJson(channel) };
    },
    "conversations.open": (given) => ({ channel: { id: openDirectMessages(workspace, given) } }),
  };
}

/** @param usual number of messages if no limit is given */
function messagePage(workspace: Workspace, all: LocalMessage[], given: Arguments, usual: number) {
  const { items, hasMore, nextCursor } = paginate(all, given, usual, usual === 100 ? 999 : 1000);
  const withMetadata = isTrue(given.include_all_metadata);
  return {
    messages: items.map((message) => messageJson(workspace, message, withMetadata)),
    has_more: hasMore,
    ...(hasMore && { response_metadata: { next_cursor: nextCursor } }),
  };
}

function channelJson({ id, name, joined, archived = false, private: isPrivate = false }: Channel) {
  return {
    id,
    name,
    name_normalized: name,
    is_channel: true,
    is_archived: archived,
    is_private: isPrivate,
    is_member: joined,
  };
}

function isTopLevel({ thread_ts, ts, ephemeral_to, reply_broadcast }: LocalMessage): boolean {
  if (ephemeral_to) return false;
  return thread_ts === undefined || thread_ts === ts || reply_broadcast === true;
}

/** `oldest` and `latest` are excluded unless `inclusive` is set. */
function isWithin({ ts }: LocalMessage, given: Arguments): boolean {
  const oldest = readText(given.oldest) ?? "0";
  const latest = readText(given.latest) ?? "now";
  if (isTrue(given.inclusive) && (Number(oldest) === Number(ts) || Number(latest) === Number(ts)))
    return true;
  return Number(ts) > Number(oldest) && (latest === "now" || Number(ts) < Number(latest));
}

function openDirectMessages(workspace: Workspace, given: Arguments): string {
  if (given.channel !== undefined) return findChannel(workspace, given.channel).id;
  const users = readText(given.users)?.split(",").filter(Boolean) ?? [];
  const [id] = users;
  if (id === undefined) throw new SlackError("users_list_not_supplied");
  if (users.length > 1)
    throw new SlackError("too_many_users", ["[ERROR] the emulator has no group conversations"]);
  const user = workspace.users.find((candidate) => candidate.id === id);
  if (!user) throw new SlackError("user_not_found");
  if (user.is_bot) throw new SlackError("cannot_dm_bot");
  if (user.deleted) throw new SlackError("user_disabled");
  return directChannel(user.id);
}
