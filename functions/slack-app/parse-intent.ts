import { z } from "zod";
import type { Event } from "../../shared/events/event.ts";
import type { SlackEvent } from "../../shared/events/slack-event.ts";
import { actionIds } from "../../shared/slack/deploy-ready-message/buttons.ts";
import type { MessageRef } from "../../shared/slack/slack-message.ts";
import { commandOf } from "./command-of.ts";
import { LINK_GITHUB } from "./home/home-view.ts";
import { type ChangedUser, changedUser } from "./members/changed-user.ts";
import { type ReplyTarget, replyTarget } from "./reply-target.ts";

/** What somebody wants of the bot. */
export type Intent =
  | { kind: "show-home"; user: string }
  /** @property typed the login as it was typed into App Home */
  | { kind: "link-login"; user: string; typed: string }
  /** @property message where the button was that said so; null for a command, and in App Home */
  | {
      kind: "set-notifications";
      user: string;
      on: boolean;
      place: ReplyTarget | null;
      message: MessageRef | null;
    }
  | { kind: "view-undeployed"; user: string; sha: string; viewId: string | null; place: ReplyTarget | null }
  | { kind: "sync-profile"; changed: ChangedUser }
  | { kind: "sync-users"; place: ReplyTarget }
  | { kind: "cancel-workflows"; user: string; url: string; place: ReplyTarget }
  | { kind: "count-typescript"; place: ReplyTarget }
  | { kind: "help"; place: ReplyTarget };

/** Reads what an event asks for. Pure. @returns null for what is no business of the bot's, its own messages first of all */
export function parseIntent(event: Event): Intent | null {
  if (event.source !== "slack" || event.user === null || event.botId !== null) return null;
  switch (event.event) {
    case "app_home_opened":
      return isHomeTab(event) ? { kind: "show-home", user: event.user } : null;
    case "user_change":
      return profileIntent(event);
    case "block_actions":
      return actionIntent(event, event.user);
    case "app_mention":
    case "message":
      return messageIntent(event, event.user);
    default:
      return null;
  }
}

const callback = z.object({
  event: z.object({ tab: z.string().optional(), edited: z.unknown().optional() }),
});
const authorized = z.object({ authorizations: z.array(z.object({ user_id: z.string() })) });

/** The messages that people exchange with the app are another tab: https://docs.slack.dev/reference/events/app_home_opened */
function isHomeTab({ payload }: SlackEvent): boolean {
  const tab = callback.safeParse(payload).data?.event.tab;
  return tab === undefined || tab === "home";
}

function profileIntent({ payload }: SlackEvent): Intent | null {
  const changed = changedUser(payload);
  return changed && { kind: "sync-profile", changed };
}

/** A link button, as Deploy is one, sends its press as well: Slack opens the link, and nothing is left to be done. */
function actionIntent(event: SlackEvent, user: string): Intent | null {
  const [action] = event.interaction?.actions ?? [];
  const { channel, ts } = event;
  switch (action?.actionId) {
    case LINK_GITHUB:
      return { kind: "link-login", user, typed: action.value ?? "" };
    case actionIds.mute:
    case actionIds.unmute: {
      const message = channel !== null && ts !== null ? { channel, ts } : null;
      const on = action.actionId === actionIds.unmute;
      return { kind: "set-notifications", user, on, place: replyTarget(event), message };
    }
    case actionIds.viewUndeployed: {
      const viewId = event.interaction?.loadingView?.id ?? null;
      return { kind: "view-undeployed", user, sha: action.value ?? "", viewId, place: replyTarget(event) };
    }
    default:
      return null;
  }
}

function messageIntent(event: SlackEvent, user: string): Intent | null {
  const direct = event.event === "message";
  const place = replyTarget(event);
  if (!place || !isNewlyWritten(event) || (direct && event.channelType !== "im")) return null;
  const bots = authorized.safeParse(event.payload).data?.authorizations.map(({ user_id }) => user_id) ?? [];
  const asks = commandOf(event.text ?? "", bots);
  switch (asks.command) {
    case "deploy-notifications":
      return { kind: "set-notifications", user, on: asks.on, place, message: null };
    case "sync-users":
      return { kind: "sync-users", place };
    case "cancel":
      return { kind: "cancel-workflows", user, url: asks.url, place };
    case "typescript":
      return { kind: "count-typescript", place };
    case "help":
      return { kind: "help", place };
    case "unknown":
      // Only a direct message is meant for the bot for sure.
      return direct ? { kind: "help", place } : null;
  }
}

/** Joins, edits and the like are messages with a subtype; a mention that was edited comes once more, without one. */
function isNewlyWritten({ subtype, payload }: SlackEvent): boolean {
  return subtype === null && callback.safeParse(payload).data?.event.edited === undefined;
}
