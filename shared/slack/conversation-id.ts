import { callSlack } from "./call-slack.ts";

const PAGE = 1000;
const ids = new Map<string, string>();

/**
 * The id of a conversation as the methods want it that read: they take neither names nor users.
 *
 * @param channel an id, `#name`, or a user's id for the direct messages with them
 * @returns what was given, when Slack has no channel of that name
 */
export async function resolveConversationId(channel: string): Promise<string> {
  const known = ids.get(channel);
  if (known !== undefined) return known;
  const id = await resolve(channel);
  if (id !== undefined) ids.set(channel, id);
  return id ?? channel;
}

async function resolve(channel: string): Promise<string | undefined> {
  if (/^[UW][A-Z0-9]+$/.test(channel)) {
    const opened = await callSlack((slack) => slack.conversations.open({ users: channel }));
    return opened.channel?.id;
  }
  return channel.startsWith("#") ? channelNamed(channel.slice(1)) : channel;
}

async function channelNamed(name: string): Promise<string | undefined> {
  let cursor: string | undefined;
  do {
    const answer = await callSlack((slack) =>
      slack.conversations.list({
        types: "public_channel,private_channel",
        exclude_archived: true,
        limit: PAGE,
        ...(cursor && { cursor }),
      }),
    );
    const found = answer.channels?.find((channel) => channel.name === name);
    if (found?.id) return found.id;
    cursor = answer.response_metadata?.next_cursor || undefined;
  } while (cursor);
  return undefined;
}
