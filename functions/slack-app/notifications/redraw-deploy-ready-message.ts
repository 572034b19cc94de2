import type { Config } from "../../../shared/config.ts";
import { lock } from "../../../shared/database/lock.ts";
import type { Attempt } from "../../../shared/database/process-once.ts";
import { changeRemembered, messageAt } from "../../../shared/database/slack-messages.ts";
import type { SlackEvent } from "../../../shared/events/slack-event.ts";
import { deployReadyMessage } from "../../../shared/slack/deploy-ready-message/deploy-ready-message.ts";
import {
  DEPLOY_READY,
  type DeployReadyContext,
} from "../../../shared/slack/deploy-ready-message/message-context.ts";
import type { MessageRef } from "../../../shared/slack/slack-message.ts";
import { updateMessage } from "../../../shared/slack/update-message.ts";

/**
 * Draws the message about a commit anew, with the button that undoes what was pressed.
 *
 * @returns whether there was one: a button may sit in a message that is not remembered
 */
export async function redrawDeployReadyMessage(
  { tx, isRetry }: Attempt,
  event: SlackEvent,
  { channel, ts, user, on }: MessageRef & { user: string; on: boolean },
  config: Config,
): Promise<boolean> {
  // A deploy may be about to change it too: what each of the two writes has to have what the other one wrote.
  await lock(tx, DEPLOY_READY);
  const message = await messageAt<DeployReadyContext>(tx, DEPLOY_READY, { channel, ts });
  if (message?.context.recipient !== user) return false;
  const context = { ...message.context, muted: !on };
  const placed = await updateMessage({ channel, ts }, deployReadyMessage(context, config), {
    event,
    part: "please-deploy",
    isRetry,
  });
  await changeRemembered(tx, message.id, { ...placed, context });
  return true;
}
