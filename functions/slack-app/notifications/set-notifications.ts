import type { Config } from "../../../shared/config.ts";
import { once } from "../../../shared/database/once.ts";
import { setPreferences } from "../../../shared/database/users.ts";
import type { SlackEvent } from "../../../shared/events/slack-event.ts";
import type { PlacedMessage } from "../../../shared/slack/slack-message.ts";
import { whisper } from "../answer.ts";
import { publishHome } from "../home/publish-home.ts";
import { memberOf, membersOnly } from "../members/member-of.ts";
import type { Place } from "../place-of.ts";
import { turn } from "../turn.ts";
import { redrawPleaseDeploy } from "./redraw-please-deploy.ts";

export interface NotificationsChange {
  user: string;
  on: boolean;
  /** null in App Home. */
  place: Place | null;
  /** Where the button was; null for a command, and in App Home. */
  message: PlacedMessage | null;
}

/** Turns direct messages about one's own deploys on or off, wherever it was asked for, and shows so everywhere. */
export async function setNotifications(event: SlackEvent, change: NotificationsChange, config: Config) {
  const { user, on, place, message } = change;
  await once(turn(event, user), async (attempt) => {
    const { tx } = attempt;
    const member = await memberOf(tx, user, config.emailDomain);
    if (!member) return void (place && (await whisper(user, place, membersOnly(config.emailDomain))));
    await setPreferences(tx, member.id, { deployNotifications: on ? "on" : "off" });
    const shown = message && (await redrawPleaseDeploy(attempt, event, { ...message, user, on }, config));
    await publishHome(tx, user);
    // A button that has become the other one says enough.
    if (place && !shown) await whisper(user, place, confirmation(on));
  });
}

function confirmation(on: boolean): string {
  return on
    ? "Deploy notifications are *on*: I tell you when a commit of yours is ready to deploy."
    : "Deploy notifications are *off*. To turn them on again, send me `deploy notifications on`.";
}
