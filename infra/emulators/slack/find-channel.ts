import { SlackError } from "./errors.ts";
import type { Channel, Workspace } from "./workspace.ts";

/** Id of the conversation of direct messages between the bot and a user. */
export function directChannel(userId: string): string {
  return `D${userId.slice(1)}`;
}

/**
 * Finds a conversation by its id.
 *
 * @throws {SlackError} channel_not_found, not_in_channel
 */
export function findChannel(workspace: Workspace, id: unknown): Channel {
  const channel =
    workspace.channels.find((candidate) => candidate.id === id) ?? directMessages(workspace, id);
  if (!channel) throw new SlackError("channel_not_found");
  if (!channel.joined) throw new SlackError("not_in_channel");
  return channel;
}

/**
 * Finds the target of a message: a conversation by its id, a channel by its name, or direct messages by the id of the user.
 * https://docs.slack.dev/reference/methods/chat.postMessage#channels
 *
 * @throws {SlackError} channel_not_found, not_in_channel, is_archived, cannot_dm_bot
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
