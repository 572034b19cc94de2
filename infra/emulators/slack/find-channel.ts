import { SlackError } from "./errors.ts";
import type { Channel, Workspace } from "./workspace.ts";

/** Id of the conversation of direct messages between the bot and a user. */
export function directChannel(userId: string): string {
  return `D${userId.slice(1)}`;
}

/**
 * Finds a conversation by its id, of which the bot is a member: only there it may read messages.
 * https://docs.slack.dev/reference/scopes/channels.history
 *
 * @throws {SlackError} channel_not_found, not_in_channel
 */
export function findJoinedChannel(workspace: Workspace, id: unknown): Channel {
  const channel = findChannel(workspace, id);
  if (!channel.joined) throw new SlackError("not_in_channel");
  return channel;
}

/**
 * Finds a conversation by its id. The bot sees every public channel, and the private ones that it is a member of.
 *
 * @throws {SlackError} channel_not_found
 */
export function findChannel(workspace: Workspace, id: unknown): Channel {
  const channel =
    workspace.channels.find((candidate) => candidate.id === id) ?? directMessages(workspace, id);
  if (!channel || (channel.private && !channel.joined)) throw new SlackError("channel_not_found");
  return channel;
}

/**
 * Finds the target of a message: a conversation by its id, a channel by its name, or direct messages by the id of the user.
 * https://docs.slack.dev/reference/methods/chat.postMessage#channels
 * With the scope chat:write.public, the bot need not be a member of a public channel.
 *
 * @throws {SlackError} channel_not_found, is_archived, cannot_dm_bot
 */
export function findPostTarget(workspace: Workspace, given: unknown): Channel {
  const name = String(given ?? "").replace(/^#/, "");
  const channel = workspace.channels.find((candidate) => candidate.name === name);
  const user = workspace.users.find(({ id }) => id === name);
  if (user?.is_bot) throw new SlackError("cannot_dm_bot");
  const found = findChannel(workspace, channel?.id ?? (user ? directChannel(user.id) : name));
  if (found.archived) throw new SlackError("is_archived");
  return found;
}

/** Deactivated users and bots have no direct messages. */
function directMessages({ users }: Workspace, id: unknown): Channel | undefined {
  const user = users.find((candidate) => directChannel(candidate.id) === id);
  return user && !user.deleted && !user.is_bot
    ? { id: directChannel(user.id), name: user.name, joined: true }
    : undefined;
}
