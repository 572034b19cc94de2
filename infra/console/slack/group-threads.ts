import { repliesTo } from "../../emulators/slack/message-json.ts";
import type { LocalMessage, Workspace } from "../../emulators/slack/workspace.ts";

/** A message with what was answered to it. */
export interface Thread {
  message: LocalMessage;
  /** Oldest first. */
  replies: LocalMessage[];
}

/**
 * The messages of a conversation in threads, oldest first. What only one user sees is among them, where it was said.
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
