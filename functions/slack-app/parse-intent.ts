import { z } from "zod";
import type { SlackEvent } from "../../shared/events/event.ts";
import { parseUnlinkRequest, UNLINK_INCIDENT } from "../../shared/incidents/incident-message.ts";
import { actionIds, readButtonValue } from "../../shared/slack/deploy-ready-buttons.ts";
import { readWords } from "./define-command.ts";
import { LINK_GITHUB, type Linking } from "./home.ts";
import { type ChangedUser, parseChangedUser } from "./member.ts";
import { type ReplyTarget, replyTarget } from "./reply.ts";
import type { NotificationsChange } from "./set-notifications.ts";
import type { UndeployedRequest } from "./show-undeployed.ts";
import type { Unlinking } from "./unlink-incident.ts";

/** What a user asks the bot to do. */
export type Intent =
  | { kind: "show-home"; user: string }
  | ({ kind: "link-login" } & Linking)
  | ({ kind: "set-notifications" } & NotificationsChange)
  | ({ kind: "view-undeployed" } & UndeployedRequest)
  | ({ kind: "unlink-incident" } & Unlinking)
  | { kind: "sync-profile"; changed: ChangedUser }
  /** A message to the bot, which may contain a command. */
  | { kind: "command"; user: string; words: string; isDirect: boolean; target: ReplyTarget };

/** Reads the intent of an event. Pure. @returns null for events that ask for nothing, such as the bot's own messages */
export function parseIntent(event: SlackEvent): Intent | null {
  if (event.user === null || event.botId !== null) return null;
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
const authorized = z.object({
  authorizations: z.array(z.object({ user_id: z.string(), is_bot: z.boolean().optional() })),
});

/** The app's *Messages* tab sends the same event: https://docs.slack.dev/reference/events/app_home_opened */
function isHomeTab({ payload }: SlackEvent): boolean {
  const tab = callback.safeParse(payload).data?.event.tab;
  return tab === undefined || tab === "home";
}

function profileIntent({ payload }: SlackEvent): Intent | null {
  const changed = parseChangedUser(payload);
  return changed && { kind: "sync-profile", changed };
}

/** A link button, such as Deploy, sends an event too, which needs no reaction: Slack opens the link itself. */
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
      return { kind: "set-notifications", user, on, target: replyTarget(event), message };
    }
    case actionIds.viewUndeployed: {
      const viewId = event.interaction?.loadingView?.id ?? null;
      const about = readButtonValue(action.value ?? "");
      return { kind: "view-undeployed", user, ...about, viewId, target: replyTarget(event) };
    }
    case UNLINK_INCIDENT: {
      const request = parseUnlinkRequest(action.value);
      return request && { kind: "unlink-incident", user, target: replyTarget(event), ...request };
    }
    default:
      return null;
  }
}

function messageIntent(event: SlackEvent, user: string): Intent | null {
  const isDirect = event.event === "message";
  const target = replyTarget(event);
  if (!target || !isNew(event) || (isDirect && event.channelType !== "im")) return null;
  return { kind: "command", user, words: readWords(event.text ?? "", readBots(event)), isDirect, target };
}

/**
 * User ids under which the bot is mentioned. Slack lists one authorization, which may be that of the user who installed the app:
 * https://docs.slack.dev/changelog/2020-09-15-events-api-truncate-authed-users
 *
 * @returns null if the event does not name them
 */
function readBots({ payload }: SlackEvent): string[] | null {
  const authorizations = authorized.safeParse(payload).data?.authorizations ?? [];
  const bots = authorizations.filter(({ is_bot }) => is_bot !== false);
  return bots.length === 0 ? null : bots.map(({ user_id }) => user_id);
}

/** Subtypes of messages that a person writes: with a file, as a reply that is also sent to the channel, with /me. */
const spoken = new Set(["file_share", "thread_broadcast", "me_message"]);

/**
 * Joins, edits and the like have other subtypes: https://docs.slack.dev/reference/events/message#subtypes
 * An edited mention arrives a second time without one, but with `edited`.
 */
function isNew({ subtype, payload }: SlackEvent): boolean {
  return (
    (subtype === null || spoken.has(subtype)) && callback.safeParse(payload).data?.event.edited === undefined
  );
}
