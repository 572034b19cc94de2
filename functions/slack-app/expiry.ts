import type { SlackEvent } from "../../shared/events/event.ts";
import type { SlackMessage } from "../../shared/slack/slack-message.ts";
import { abandonTask } from "./long-task.ts";
import { type ReplyTarget, reply } from "./reply.ts";

/** Ten attempts take forty minutes: only a replayed dead letter is older. */
const MAX_AGE_MS = 60 * 60 * 1000;

const expired: SlackMessage = {
  text: "I could not do this within an hour, so I do not do it any more. Ask me again if you still want it.",
};

/** Whether a person asked too long ago to expect that it still happens. Pure. */
export function isExpired({ receivedAt }: Pick<SlackEvent, "receivedAt">, now: Date): boolean {
  return now.getTime() - Date.parse(receivedAt) > MAX_AGE_MS;
}

/** Tells a person that what they asked for does not happen, or does not continue. If it was done in time, nothing is told. */
export async function declineExpired(event: SlackEvent, target: ReplyTarget) {
  await reply(event, target, expired);
  await abandonTask(event, target, expired);
}
