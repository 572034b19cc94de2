import type { Config } from "../../../shared/config.ts";
import { processOnce } from "../../../shared/database/process-once.ts";
import { setPreferences } from "../../../shared/database/users.ts";
import type { SlackEvent } from "../../../shared/events/slack-event.ts";
import type { MessageRef } from "../../../shared/slack/slack-message.ts";
import { publishHome } from "../home/publish-home.ts";
import { memberOf, membersOnly } from "../members/member-of.ts";
import { processingKey } from "../processing-key.ts";
import { replyEphemeral } from "../reply.ts";
import type { ReplyTarget } from "../reply-target.ts";
import { redrawDeployReadyMessage } from "./redraw-deploy-ready-message.ts";

export interface NotificationsChange {
  user: string;
  on: boolean;
  /** null in App Home. */
  place: ReplyTarget | null;
  /** Where the button was; null for a command, and in App Home. */
  message: MessageRef | null;
}

/** Turns direct messages about one's own deploys on or off, wherever it was asked for, and shows so everywhere. */
export async function setNotifications(event: SlackEvent, change: NotificationsChange, config: Config) {
  const { user, on, place, message } = change;
  await processOnce(processingKey(event, user), async (attempt) => {
    const { tx } = attempt;
    const member = await memberOf(tx, user, config.emailDomain);
    if (!member) return void (place && (await replyEphemeral(user, place, membersOnly(config.emailDomain))));
    await setPreferences(tx, member.id, { deployNotifications: on ? "on" : "off" });
    const shown =
      message && (await redrawDeployReadyMessage(attempt, event, { ...message, user, on }, config));
    await publishHome(tx, user);
    // A button that has become the other one says enough.
    if (place && !shown) await replyEphemeral(user, place, confirmation(on));
  });
}

function confirmation(on: boolean): string {
  return on
    ? "Deploy notifications are *on*: I tell you when a commit of yours is ready to deploy."
    : "Deploy notifications are *off*. To turn them on again, send me `deploy notifications on`.";
}
