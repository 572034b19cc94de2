import { processOnce } from "../../shared/database/process-once.ts";
import type { SlackEvent } from "../../shared/events/slack-event.ts";
import { callSlack } from "../../shared/slack/call-slack.ts";
import { postOnce } from "../../shared/slack/post-once.ts";
import type { SlackMessage } from "../../shared/slack/slack-message.ts";
import { processingKey } from "./processing-key.ts";
import type { ReplyTarget } from "./reply-target.ts";

/** Answers an event with one message, however often it is delivered. */
export async function reply(event: SlackEvent, place: ReplyTarget, message: SlackMessage) {
  await processOnce(processingKey(event, event.id), async ({ isRetry }) => {
    await postOnce(message, { ...place, event, part: "answer", isRetry });
  });
}

/**
 * Tells one person something that nobody else sees. It is in no history, so that an attempt after one that broke off cannot look whether
 * it was said: it may be said twice then, which is no harm to what is gone with the next reload.
 */
export async function replyEphemeral(user: string, { channel, threadTs }: ReplyTarget, text: string) {
  await callSlack((slack) =>
    slack.chat.postEphemeral({ channel, user, text, ...(threadTs !== undefined && { thread_ts: threadTs }) }),
  );
}
