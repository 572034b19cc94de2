import type { LocalMessage, Workspace } from "./workspace.ts";

type Conversations = Pick<Workspace, "team" | "bot" | "messages">;

/**
 * A message in the responses of Slack's methods, https://docs.slack.dev/reference/events/message
 *
 * @param withMetadata value of include_all_metadata
 */
export function messageJson(workspace: Conversations, message: LocalMessage, withMetadata: boolean) {
  const { channel: _, channel_name: __, metadata, ephemeral_to: ___, ...known } = message;
  const { events: ____, lastEvent: _____, earlier: ______, ...fields } = known;
  const isOwn = message.user === workspace.bot.id;
  return {
    type: "message",
    ...(message.reply_broadcast && { subtype: "thread_broadcast" }),
    team: workspace.team.id,
    ...fields,
    ...(isOwn && { bot_id: "B0LOCAL", app_id: "A0LOCAL" }),
    ...threadFields(workspace, message),
    ...(withMetadata && metadata && { metadata }),
  };
}

/** The replies to a message, oldest first. */
export function repliesTo(
  { messages }: Pick<Workspace, "messages">,
  { channel, ts }: LocalMessage,
): LocalMessage[] {
  return messages.filter(
    (message) =>
      message.channel === channel &&
      message.thread_ts === ts &&
      message.ts !== ts &&
      message.ephemeral_to === undefined,
  );
}

function threadFields(workspace: Conversations, message: LocalMessage) {
  if (message.thread_ts !== undefined) return {};
  const replies = repliesTo(workspace, message);
  if (replies.length === 0) return {};
  const users = [...new Set(replies.map(({ user }) => user))];
  return {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users: users,
    reply_users_count: users.length,
    latest_reply: replies.at(-1)?.ts,
  };
}
