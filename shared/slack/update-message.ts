import { log } from "../observability/log.ts";
import { callSlack, slackErrorCode } from "./call-slack.ts";
import { type Posting, postOnce } from "./post-once.ts";
import type { MessageRef, SlackMessage } from "./slack-message.ts";

/** What Slack answers when a message cannot be changed any more. */
const GONE = new Set(["message_not_found", "cant_update_message", "edit_window_closed"]);

/**
 * Changes a message; one that is gone is posted anew, in the same place.
 *
 * @param posting where it belongs, for the case that it is gone
 * @returns where it is now
 * @throws what `callSlack` throws; doing it again comes to the same
 */
export async function updateMessage(
  placed: MessageRef,
  message: SlackMessage,
  posting: Omit<Posting, "channel">,
): Promise<MessageRef> {
  try {
    // Blocks and attachments that are not named would stay as they are.
    await callSlack((slack) => slack.chat.update({ blocks: [], attachments: [], ...message, ...placed }));
    return placed;
  } catch (error) {
    const refusal = slackErrorCode(error);
    if (refusal === undefined || !GONE.has(refusal)) throw error;
    log("WARNING", "A message is gone; it is posted anew", { ...placed, refusal });
    return postOnce(message, { ...posting, channel: placed.channel });
  }
}
