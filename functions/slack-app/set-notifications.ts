import { lock } from "../../shared/database/database.ts";
import { type Attempt, processOnce } from "../../shared/database/process-once.ts";
import { changeRemembered, messageAt } from "../../shared/database/slack-messages.ts";
import { setPreferences } from "../../shared/database/users.ts";
import type { SlackEvent } from "../../shared/events/event.ts";
import {
  DEPLOY_READY,
  deployReadyContext,
  deployReadyLock,
  deployReadyMessage,
} from "../../shared/slack/deploy-ready-message.ts";
import { type MessageRef, updateMessage } from "../../shared/slack/slack-message.ts";
import { type AppContext, defineCommand } from "./define-command.ts";
import { publishHome } from "./home.ts";
import { findOrSaveMember, membersOnly } from "./member.ts";
import { processingKey, type ReplyTarget, replyEphemeral } from "./reply.ts";

export const deployNotifications = defineCommand({
  usage: "`deploy notifications on` or `off`",
  help: "whether you are told when a commit of yours is ready to deploy",
  // Answers others in a message that only they see.
  forMembers: false,
  parse(words) {
    const [, state] = /^deploy notifications? (on|off)$/.exec(words.toLowerCase()) ?? [];
    return state === undefined ? null : { on: state === "on" };
  },
  run: ({ event, user, target, app }, { on }) =>
    setNotifications(event, { user, on, target, message: null }, app),
});

export interface NotificationsChange {
  user: string;
  on: boolean;
  /** null in App Home. */
  target: ReplyTarget | null;
  /** The message with the button; null for a command, and in App Home. */
  message: MessageRef | null;
}

/** Turns direct messages about a user's own deploys on or off, and updates the message with the button and App Home. */
export async function setNotifications(event: SlackEvent, change: NotificationsChange, app: AppContext) {
  const { user, on, target, message } = change;
  const { emailDomain } = app.config;
  await processOnce(processingKey(event, user), async (attempt) => {
    const { tx } = attempt;
    const member = await findOrSaveMember(tx, user, emailDomain);
    if (!member) return void (target && (await replyEphemeral(user, target, membersOnly(emailDomain))));
    await setPreferences(tx, member.id, { deployNotifications: on ? "on" : "off" });
    const isRedrawn = message && (await redrawMessage(attempt, event, message, change, app));
    await publishHome(tx, user, app);
    // A message whose button has changed needs no confirmation.
    if (target && !isRedrawn) await replyEphemeral(user, target, confirmation(on));
  });
}

/**
 * Redraws the message about a commit with the opposite button.
 *
 * @returns false for a message that is not stored, or is about another user's commit
 */
async function redrawMessage(
  { tx, isRetry }: Attempt,
  event: SlackEvent,
  ref: MessageRef,
  { user, on }: NotificationsChange,
  { config }: AppContext,
): Promise<boolean> {
  // A concurrent deploy redraws the message too: each must read what the other one wrote.
  const seen = await messageAt(tx, DEPLOY_READY, ref, deployReadyContext);
  if (seen) await lock(tx, deployReadyLock(seen.ref));
  const message = await messageAt(tx, DEPLOY_READY, ref, deployReadyContext);
  if (message?.context.recipient !== user) return false;
  const context = { ...message.context, muted: !on };
  const posting = { event, part: "please-deploy", isRetry };
  const posted = await updateMessage(ref, deployReadyMessage(context, config.services), posting);
  await changeRemembered(tx, message.id, { ...posted, context });
  return true;
}

function confirmation(on: boolean): string {
  return on
    ? "Deploy notifications are *on*: I tell you when a commit of yours is ready to deploy."
    : "Deploy notifications are *off*. To turn them on again, send me `deploy notifications on`.";
}
