import { SlackError } from "./errors.ts";
import { findPostTarget } from "./find-channel.ts";
import type { Store } from "./store.ts";
import type { LocalMessage } from "./workspace.ts";

export interface Written {
  /** Id of the author. */
  user: string;
  text: string;
  /** Id or name; by default the direct messages with the bot. */
  channel?: string;
  /** The current time by default. A second message with the same ts is not added. */
  ts?: string;
  thread_ts?: string;
}

/**
 * Adds a message of a person, so that the bot can reply in a thread. The caller sends the event.
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
  const existing = workspace.messages.find((message) => message.channel === channel.id && message.ts === ts);
  if (existing) return existing;
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
