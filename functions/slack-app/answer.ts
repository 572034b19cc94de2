import { once } from "../../shared/database/once.ts";
import type { SlackEvent } from "../../shared/events/slack-event.ts";
import { callSlack } from "../../shared/slack/call-slack.ts";
import { postOnce } from "../../shared/slack/post-once.ts";
import type { SlackMessage } from "../../shared/slack/slack-message.ts";
import type { Place } from "./place-of.ts";
import { turn } from "./turn.ts";

/** Answers an event with one message, however often it is delivered. */
export async function answer(event: SlackEvent, place: Place, message: SlackMessage) {
  await once(turn(event, event.id), async ({ again }) => {
    await postOnce(message, { ...place, event, part: "answer", again });
  });
}

/**
 * Tells one person something that nobody else sees. It is in no history, so that an attempt after one that broke off cannot look whether
 * it was said: it may be said twice then, which is no harm to what is gone with the next reload.
 */
export async function whisper(user: string, { channel, threadTs }: Place, text: string) {
  await callSlack((slack) =>
    slack.chat.postEphemeral({ channel, user, text, ...(threadTs !== undefined && { thread_ts: threadTs }) }),
  );
}
