import { log } from "../observability/log.ts";
import { callSlack, slackErrorCode } from "./call-slack.ts";
import { type Posting, postOnce } from "./post-once.ts";
import type { MessageRef, SlackMessage } from "./slack-message.ts";

/** Slack's error codes for messages that can no longer be changed. */
const GONE = new Set(["message_not_found", "cant_update_message", "edit_window_closed"]);

/**
 * Changes a message. If the message no longer exists, posts a new one in the same channel.
 *
 * @param posting for the new message
 * @returns the message that now has the content
 * @throws what `callSlack` throws; repeating the call is safe
 */
export async function updateMessage(
  current: MessageRef,
  message: SlackMessage,
  posting: Omit<Posting, "channel">,
): Promise<MessageRef> {
  try {
    // Without the empty lists, Slack would keep the old blocks and attachments.
    await callSlack((slack) => slack.chat.update({ blocks: [], attachments: [], ...message, ...current }));
    return current;
  } catch (error) {
    const code = slackErrorCode(error);
    if (code === undefined || !GONE.has(code)) throw error;
    log("WARNING", "Posting a new message, because the old one no longer exists", {
      ...current,
      error: code,
    });
    return postOnce(message, { ...posting, channel: current.channel });
  }
}
