import { createHash } from "node:crypto";
import { directChannel } from "../find-channel.ts";
import { profileJson, userJson } from "../user-json.ts";
import type { LocalMessage, Workspace } from "../workspace.ts";

/** The current time as a Slack timestamp: seconds since 1970 with six decimals. */
export function currentTs(): string {
  return ((performance.timeOrigin + performance.now()) / 1000).toFixed(6);
}

type Identity = Pick<Workspace, "team" | "bot">;

/** A message of a person, as `RunningSlack.write` returns it, or an invented one. */
type Message = Pick<LocalMessage, "channel" | "user" | "text" | "ts" | "thread_ts">;

/** A person sends the bot a direct message: https://docs.slack.dev/reference/events/message.im */
export function directMessage(workspace: Identity, message: Omit<Message, "channel"> & { channel?: string }) {
  const channel = message.channel ?? directChannel(message.user);
  return callback(workspace, {
    type: "message",
    channel_type: "im",
    ...messageFields({ ...message, channel }),
  });
}

/** A person mentions the bot in a channel: https://docs.slack.dev/reference/events/app_mention @param message with `<@U0BOT>` in its text */
export function mention(workspace: Identity, message: Message) {
  return callback(workspace, { type: "app_mention", ...messageFields(message) });
}

/** A person opens App Home: https://docs.slack.dev/reference/events/app_home_opened */
export function homeOpened(workspace: Identity, { user, ts = currentTs() }: { user: string; ts?: string }) {
  const channel = directChannel(user);
  return callback(workspace, { type: "app_home_opened", user, channel, tab: "home", event_ts: ts });
}

/**
 * A profile has changed. The event contains the current profile: https://docs.slack.dev/reference/events/user_change
 *
 * @throws {Error} if the workspace has no such user
 */
export function userChange(
  workspace: Workspace,
  { user: id, ts = currentTs() }: { user: string; ts?: string },
) {
  const user = workspace.users.find((candidate) => candidate.id === id);
  if (!user) throw new Error(`The workspace has no user ${id}`);
  const shownUser = { ...userJson(workspace, user), profile: profileJson(workspace, user.profile) };
  return callback(workspace, {
    type: "user_change",
    user: shownUser,
    cache_ts: Math.floor(Number(ts)),
    event_ts: ts,
  });
}

function messageFields({ channel, user, text, ts, thread_ts }: Message) {
  return { user, text, ts, channel, ...(thread_ts && { thread_ts }), event_ts: ts };
}

/** https://docs.slack.dev/apis/events-api/#callback-field. The id depends on the event only, so a retry has the same id. */
function callback<Event extends { event_ts: string }>({ team, bot }: Identity, event: Event) {
  const hash = createHash("sha256").update(JSON.stringify(event)).digest("hex");
  return {
    token: "verification-token",
    team_id: team.id,
    api_app_id: "A0LOCAL",
    type: "event_callback",
    authorizations: [
      {
        enterprise_id: null,
        team_id: team.id,
        user_id: bot.id,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event_id: `Ev${hash.slice(0, 9).toUpperCase()}`,
    event_time: Math.floor(Number(event.event_ts)),
    event,
  };
}
