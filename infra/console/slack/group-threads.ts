import { repliesTo } from "../../emulators/slack/message-json.ts";
import type { LocalMessage, Workspace } from "../../emulators/slack/workspace.ts";

/** A message and its replies. */
export interface Thread {
  message: LocalMessage;
  /** Oldest first. */
  replies: LocalMessage[];
}

/**
 * Groups the messages of a conversation into threads, oldest first. Ephemeral messages are included.
 *
 * @param channel id
 */
export function groupThreads(workspace: Pick<Workspace, "messages">, channel: string): Thread[] {
  const own = workspace.messages.filter((message) => message.channel === channel).toSorted(byTime);
  return own
    .filter(isTopLevel)
    .map((message) => ({ message, replies: listReplies(workspace, own, message) }));
}

function isTopLevel({ thread_ts, ts }: LocalMessage): boolean {
  return thread_ts === undefined || thread_ts === ts;
}

function listReplies(workspace: Pick<Workspace, "messages">, own: LocalMessage[], message: LocalMessage) {
  const seenByOne = own.filter(({ thread_ts, ephemeral_to }) => thread_ts === message.ts && ephemeral_to);
  return [...repliesTo(workspace, message), ...seenByOne].toSorted(byTime);
}

function byTime(a: LocalMessage, b: LocalMessage): number {
  return Number(a.ts) - Number(b.ts);
}
