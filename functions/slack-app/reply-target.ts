import type { SlackEvent } from "../../shared/events/slack-event.ts";

/** Where somebody is answered. */
export interface ReplyTarget {
  channel: string;
  threadTs?: string;
}

/**
 * Where an event is answered: a mention in its thread, so that the channel is not disturbed; a direct message, and a press of a button,
 * where it came from.
 *
 * @returns null where there is no conversation, as in App Home
 */
export function replyTarget({ event, channel, ts, threadTs }: SlackEvent): ReplyTarget | null {
  if (channel === null) return null;
  const thread = threadTs ?? (event === "app_mention" ? ts : null);
  return { channel, ...(thread !== null && { threadTs: thread }) };
}
