import { callSlack } from "./call-slack.ts";
import { resolveConversationId } from "./conversation-id.ts";
import type { MessageRef, SlackMessage } from "./slack-message.ts";

/** Marks the suite's messages, https://docs.slack.dev/messaging/message-metadata */
const METADATA = "ci_tooling_message";
const PAGE = 100;
/** How much the clocks of Slack and this machine may differ, in seconds. */
const CLOCK_SKEW = 60;

export interface Posting {
  /** Channel id or `#name`, or a user's id for a direct message. */
  channel: string;
  threadTs?: string | undefined;
  /** What the message is posted for. */
  event: { id: string; receivedAt: string };
  /** Which of the event's messages it is. */
  part: string;
  /** Whether an earlier attempt may have posted it without having heard so: then it is looked for first. */
  isRetry: boolean;
}

/**
 * Posts a message for an event once: it carries the event's id, and an attempt that follows another looks for it before it posts.
 *
 * @throws what `callSlack` throws; then it may or may not have been posted
 */
export async function postOnce(message: SlackMessage, posting: Posting): Promise<MessageRef> {
  const posted = posting.isRetry ? await findPosted(posting) : undefined;
  if (posted) return posted;
  const { event, part, threadTs } = posting;
  const answer = await callSlack((slack) =>
    slack.chat.postMessage({
      channel: posting.channel,
      ...message,
      ...(threadTs !== undefined && { thread_ts: threadTs }),
      metadata: { event_type: METADATA, event_payload: { event_id: event.id, part } },
      unfurl_links: false,
      unfurl_media: false,
    }),
  );
  return { channel: answer.channel ?? posting.channel, ts: answer.ts ?? "" };
}

async function findPosted({ channel, threadTs, event, part }: Posting): Promise<MessageRef | undefined> {
  const id = await resolveConversationId(channel);
  // Nothing about an event was posted before it arrived.
  const oldest = String(Math.floor(Date.parse(event.receivedAt) / 1000) - CLOCK_SKEW);
  let cursor: string | undefined;
  do {
    const page = { channel: id, oldest, limit: PAGE, include_all_metadata: true, ...(cursor && { cursor }) };
    const answer = await callSlack((slack) =>
      threadTs === undefined
        ? slack.conversations.history(page)
        : slack.conversations.replies({ ...page, ts: threadTs }),
    );
    const found = answer.messages?.find(({ metadata }) => {
      const payload = metadata?.event_payload as { event_id?: unknown; part?: unknown } | undefined;
      return metadata?.event_type === METADATA && payload?.event_id === event.id && payload.part === part;
    });
    if (found?.ts) return { channel: id, ts: found.ts };
    cursor = answer.response_metadata?.next_cursor || undefined;
  } while (cursor);
  return undefined;
}
