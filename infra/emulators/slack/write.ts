import { SlackError } from "./errors.ts";
import { findPostTarget } from "./find-channel.ts";
import type { Store } from "./store.ts";
import type { LocalMessage } from "./workspace.ts";

export interface Written {
  /** Slack's id of the person who writes. */
  user: string;
  text: string;
  /** Id or name; the direct messages with the bot otherwise. */
  channel?: string;
  /** Now, otherwise. Written once however often the same ts is given. */
  ts?: string;
  thread_ts?: string;
}

/**
 * Keeps what a person writes, so that it is there to be answered in a thread. Nothing is sent: Slack's event about it is the caller's.
 *
 * @throws {SlackError} user_not_found, channel_not_found
 */
export function writeMessage(
  store: Store,
  { user, text, channel: to = user, ts, thread_ts }: Written,
): LocalMessage {
  const { workspace } = store;
  if (!workspace.users.some(({ id }) => id === user)) throw new SlackError("user_not_found");
  const channel = findPostTarget(workspace, to);
  const known = workspace.messages.find((message) => message.channel === channel.id && message.ts === ts);
  if (known) return known;
  const message: LocalMessage = {
    channel: channel.id,
    channel_name: channel.name,
    ts: ts ?? store.nextTs(),
    ...(thread_ts && { thread_ts }),
    user,
    text,
    blocks: [],
    attachments: [],
  };
  workspace.messages.push(message);
  store.save();
  return message;
}
