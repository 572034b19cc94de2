import type { Config } from "../../../shared/config.ts";
import { lock } from "../../../shared/database/lock.ts";
import type { Attempt } from "../../../shared/database/once.ts";
import { changeRemembered, messageAt } from "../../../shared/database/slack-messages.ts";
import type { SlackEvent } from "../../../shared/events/slack-event.ts";
import { PLEASE_DEPLOY, type PleaseDeploy } from "../../../shared/slack/please-deploy/please-deploy.ts";
import { pleaseDeployMessage } from "../../../shared/slack/please-deploy/please-deploy-message.ts";
import type { PlacedMessage } from "../../../shared/slack/slack-message.ts";
import { updateMessage } from "../../../shared/slack/update-message.ts";

/**
 * Draws the message about a commit anew, with the button that undoes what was pressed.
 *
 * @returns whether there was one: a button may sit in a message that is not remembered
 */
export async function redrawPleaseDeploy(
  { tx, again }: Attempt,
  event: SlackEvent,
  { channel, ts, user, on }: PlacedMessage & { user: string; on: boolean },
  config: Config,
): Promise<boolean> {
  // A deploy may be about to change it too: what each of the two writes has to have what the other one wrote.
  await lock(tx, PLEASE_DEPLOY);
  const message = await messageAt<PleaseDeploy>(tx, PLEASE_DEPLOY, { channel, ts });
  if (message?.context.recipient !== user) return false;
  const context = { ...message.context, muted: !on };
  const placed = await updateMessage({ channel, ts }, pleaseDeployMessage(context, config), {
    event,
    part: "please-deploy",
    again,
  });
  await changeRemembered(tx, message.id, { ...placed, context });
  return true;
}
