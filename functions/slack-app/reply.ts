import { type ProcessingKey, processOnce } from "../../shared/database/process-once.ts";
import type { SlackEvent } from "../../shared/events/event.ts";
import { log } from "../../shared/observability/log.ts";
import { callSlack, isUnknownUser, slackErrorCode } from "../../shared/slack/call-slack.ts";
import { postOnce, type SlackMessage } from "../../shared/slack/slack-message.ts";

/** The conversation, and the thread in it, in which the bot replies. */
export interface ReplyTarget {
  channel: string;
  threadTs?: string;
}

/**
 * The bot replies to a mention in its thread, to keep the channel quiet. It replies to a direct message and to a button in the same place.
 *
 * @returns null for an event outside of conversations, as in App Home
 */
export function replyTarget({ event, channel, ts, threadTs }: SlackEvent): ReplyTarget | null {
  if (channel === null) return null;
  const thread = threadTs ?? (event === "app_mention" ? ts : null);
  return { channel, ...(thread !== null && { threadTs: thread }) };
}

/** @param subject events with the same subject are processed one after the other */
export function processingKey(event: SlackEvent, subject: string): ProcessingKey {
  return { subscriber: "slack-app", event, lock: `slack-app ${subject}` };
}

/** Posts one reply to an event, however often the event is delivered. */
export async function reply(event: SlackEvent, target: ReplyTarget, message: SlackMessage) {
  await processOnce(processingKey(event, event.id), async ({ isRetry }) => {
    await postOnce(message, { ...target, event, part: "answer", isRetry });
  });
}

/**
 * Posts a message that only one person sees. No method lists such messages, so a retry cannot check whether an earlier attempt posted it,
 * and may post it twice. Slack shows it only until the next reload.
 * A user who is not in the channel any more, or is a stranger of Slack Connect, gets none.
 * https://docs.slack.dev/reference/methods/chat.postEphemeral
 */
export async function replyEphemeral(user: string, { channel, threadTs }: ReplyTarget, text: string) {
  const thread = threadTs !== undefined && { thread_ts: threadTs };
  try {
    await callSlack((slack) => slack.chat.postEphemeral({ channel, user, text, ...thread }));
  } catch (error) {
    if (!isUnknownUser(error) && slackErrorCode(error) !== "user_not_in_channel") throw error;
    log("INFO", "The user of an event cannot see a reply in its channel", { user, channel });
  }
}
